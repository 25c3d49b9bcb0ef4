package io.fixlane.autograd.arrays;

import io.fixlane.kernels.tiles.FloatProduct;
import io.fixlane.kernels.tiles.FloatProduct.Panels;
import io.fixlane.kernels.tiles.FloatProduct.Rows;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The gradient of a convolution's images: a convolution of the results' gradient by the kernel
 * turned round. A window that moves by s rows meets a pixel with every s-th row of the kernel
 * alone, the same ones at every s-th row of pixels: such pixels are a phase, with a kernel of its
 * own and no zeros between.
 */
final class TransposedConvolution {
  private final Convolution convolution;
  private final Window window;
  private final ImageShape image;
  private final int depth;
  private final int count;
  private final Axis vertical;
  private final Axis horizontal;
  private final PaddedImages padded;

  /**
   * One direction: the pixel y is seen by the tap i from the place (y + padding - i * dilation) /
   * stride, where that is whole.
   *
   * @param pixels the pixels
   * @param places the places
   */
  private record Axis(int pixels, int places, int kernel, int stride, int padding, int dilation) {
    /** Returns the taps that see a phase, from the lowest place to the highest. */
    int[] taps(int phase) {
      return IntStream.range(0, kernel).map(i -> kernel - 1 - i)
          .filter(i -> (phase + padding - i * dilation) % stride == 0).toArray();
    }

    /** Returns the place from which a tap sees the first pixel of a phase; it may be negative. */
    int place(int phase, int tap) {
      return (phase + padding - tap * dilation) / stride;
    }

    /** Returns the pixels of a phase. */
    int count(int phase) {
      return Math.ceilDiv(Math.max(0, pixels - phase), stride);
    }

    /** Returns the places that are read before the first. */
    int before() {
      return IntStream.range(0, stride).flatMap(
          phase -> Arrays.stream(taps(phase)).map(tap -> -place(phase, tap))).reduce(0, Math::max);
    }

    /** Returns the places that are read in all. */
    int read() {
      return before() + IntStream.range(0, stride).flatMap(phase -> Arrays.stream(taps(phase))
          .map(tap -> place(phase, tap) + count(phase))).reduce(1, Math::max);
    }
  }

  /**
   * Pixels that the same taps see.
   *
   * @param y the first row
   * @param x the first column
   * @param rows rows of pixels in an image
   * @param columns columns of pixels
   * @param gradients the patches of gradients, of the pixels of some images
   * @param kernels the kernel of each group, outputs and taps x channels
   */
  private record Phase(int y, int x, int rows, int columns, Rows gradients, Panels[] kernels) {}

  TransposedConvolution(Convolution convolution, int places, int columns) {
    this.convolution = convolution;
    this.window = convolution.window();
    this.image = convolution.image();
    this.depth = image.channels() / convolution.groups();
    this.count = convolution.outputs() / convolution.groups();
    this.vertical = new Axis(image.height(), places, window.kernelHeight(), window.strideY(),
        window.paddingTop(), window.dilationY());
    this.horizontal = new Axis(image.width(), columns, window.kernelWidth(), window.strideX(),
        window.paddingLeft(), window.dilationX());
    this.padded = new PaddedImages(places, columns, convolution.outputs(), vertical.before(),
        horizontal.before(), vertical.read(), horizontal.read());
  }

  /** Computes dX from W and dY. */
  void compute(Scratch scratch, float[] w, float[] dy, float[] dx) {
    List<Phase> phases = new ArrayList<>();
    // Between windows that lie apart are pixels that none sees.
    boolean gaps = false;
    int together = isWhole() ? convolution.together(image.height() * image.width()) : 1;
    for (int y = 0; y < Math.min(window.strideY(), image.height()); y++) {
      for (int x = 0; x < Math.min(window.strideX(), image.width()); x++) {
        if (vertical.taps(y).length > 0 && horizontal.taps(x).length > 0) {
          phases.add(phase(scratch, w, y, x, together));
        } else {
          gaps = true;
        }
      }
    }
    boolean zeros = gaps;
    convolution.forEach(scratch, padded, together, 0, dy, (part, first, images, data, at) -> {
      if (zeros) {
        Arrays.fill(dx, first * image.size(), (first + images) * image.size(), 0);
      }
      for (Phase phase : phases) {
        for (int group = 0; group < phase.kernels.length; group++) {
          add(phase, group, phase.gradients.in(data, at + group * count), first, images, dx);
        }
      }
    });
  }

  /** Returns whether one phase is all pixels. */
  private boolean isWhole() {
    return window.strideY() == 1 && window.strideX() == 1;
  }

  private Phase phase(Scratch scratch, float[] w, int y, int x, int together) {
    int rows = vertical.count(y);
    int columns = horizontal.count(x);
    int[] down = vertical.taps(y);
    int[] across = horizontal.taps(x);
    int[] places = Patches.grid(together * rows, columns,
        (row, column) -> row / rows * padded.size() + padded.at(row % rows, column));
    int[] taps = Patches.grid(down.length, across.length, (i, j) -> padded.at(
        padded.top() + vertical.place(y, down[i]),
        padded.left() + horizontal.place(x, across[j])));
    Panels[] kernels = new Panels[convolution.groups()];
    Arrays.setAll(kernels, group -> kernel(scratch, w, down, across, group));
    return new Phase(y, x, rows, columns, Patches.of(places, taps, count), kernels);
  }

  /** Returns the kernel of a phase and a group, outputs and taps x channels. */
  private Panels kernel(Scratch scratch, float[] w, int[] down, int[] across, int group) {
    int steps = down.length * across.length * count;
    float[] turned = scratch.floats(steps * depth);
    int at = 0;
    for (int i : down) {
      for (int j : across) {
        int tap = (i * window.kernelWidth() + j) * depth * convolution.outputs();
        for (int o = group * count; o < (group + 1) * count; o++) {
          for (int c = 0; c < depth; c++) {
            turned[at++] = w[tap + c * convolution.outputs() + o];
          }
        }
      }
    }
    return Convolution.panels(scratch, new Matrix(turned, steps, depth));
  }

  /** Computes the pixels of a phase, of some images. */
  private void add(Phase phase, int group, Rows gradients, int first, int images, float[] dx) {
    if (isWhole()) {
      FloatProduct.multiply(gradients, 0, phase.kernels[group],
          pixels(dx, first * image.height(), 0, images * image.height() * image.width(), group),
          false);
      return;
    }
    for (int row = 0; row < images * phase.rows; row++) {
      int y = (first + row / phase.rows) * image.height()
          + phase.y + row % phase.rows * window.strideY();
      FloatProduct.multiply(gradients, row * phase.columns, phase.kernels[group],
          pixels(dx, y, phase.x, phase.columns, group), false);
    }
  }

  /** Returns pixels of a row, each as many columns from the last as the window moves by. */
  private FloatProduct.Matrix pixels(float[] dx, int row, int column, int pixels, int group) {
    int at = (row * image.width() + column) * image.channels() + group * depth;
    return new FloatProduct.Matrix(
        dx, at, pixels, depth, window.strideX() * image.channels(), 1);
  }
}
