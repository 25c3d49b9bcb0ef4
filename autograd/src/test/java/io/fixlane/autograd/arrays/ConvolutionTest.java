package io.fixlane.autograd.arrays;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.RandomWindows;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A convolution and its gradients are the sums of plain loops, in their order, bit for bit: results
 * over taps and channels; gradients of images over taps from the last on, and outputs; gradients of
 * kernels over the places of images that are taken together, then over those, then over the parts.
 */
class ConvolutionTest {
  private static final int PARTS = 8;

  private Convolution convolution;
  private Window window;
  private int channels;
  private int depth;
  private int count;
  private float[] x;
  private float[] w;
  private float[] dy;

  private static float[] numbers(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  @Property(tries = 60)
  void sumsOfTheLoops(
      @ForAll @IntRange(min = 1, max = 20) int images,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 3) int groups,
      @ForAll @IntRange(min = 1, max = 20) int depth,
      @ForAll @IntRange(min = 1, max = 20) int count, @ForAll boolean large,
      @ForAll long seed) {
    Random random = new Random(seed);
    if (large) {
      images = 1;
      height *= 8;
    }
    ImageShape image = ImageShape.of(height, width, groups * depth);
    Window window = RandomWindows.convolution(random, height, width);
    check(new Convolution(window, groups, images, image, groups * count), random);
  }

  /** Among them windows that see zeros alone, before the image or behind it. */
  @Example
  void smallWindowsThatMoveFar() {
    Random random = new Random(1);
    for (int width = 1; width <= 2; width++) {
      for (int kernel = 1; kernel <= 2; kernel++) {
        for (int stride = 1; stride <= 5; stride++) {
          for (int before = 0; before <= 3; before++) {
            Window down = Window.of(kernel, 1).withStride(stride, 1)
                .withPadding(before, 1, 0, 0);
            check(new Convolution(down, 1, 2, ImageShape.of(width, 1, 3), 2), random);
            Window across = Window.of(1, kernel).withStride(1, stride)
                .withPadding(0, 0, before, 1);
            check(new Convolution(across, 1, 2, ImageShape.of(1, width, 3), 2), random);
          }
        }
      }
    }
  }

  private void check(Convolution convolution, Random random) {
    this.convolution = convolution;
    window = convolution.window();
    depth = convolution.depth();
    count = convolution.count();
    channels = convolution.image().channels();
    x = numbers(random, convolution.images() * convolution.image().size());
    w = numbers(random, window.taps() * depth * convolution.outputs());
    dy = numbers(random, Shapes.size(convolution.outputShape()));
    Scratch scratch = new Scratch((parts, part) -> {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
    });
    float[] y = new float[dy.length];
    convolution.forward(scratch, x, w, y);
    assertThat(y).containsExactly(results());
    float[] dx = numbers(random, x.length);
    convolution.gradientOfImages(scratch, w, dy, dx);
    assertThat(dx).containsExactly(gradientOfImages());
    assertThat(convolution.gradientOfKernels(scratch, x, dy)).containsExactly(gradientOfKernels());
  }

  /** Something to do with a tap of a place that is inside the image. */
  @FunctionalInterface
  private interface Tap {
    void run(int xAt, int wAt, int yAt);
  }

  /** Goes over the places of an image and their taps. */
  private void forEachTap(int n, int firstRow, int rows, Tap tap) {
    ImageShape image = convolution.image();
    for (int r = firstRow; r < Math.min(firstRow + rows, convolution.height()); r++) {
      for (int c = 0; c < convolution.width(); c++) {
        for (int t = 0; t < window.taps(); t++) {
          int row = window.row(r, t / window.kernelWidth());
          int column = window.column(c, t % window.kernelWidth());
          if (row >= 0 && row < image.height() && column >= 0 && column < image.width()) {
            tap.run(((n * image.height() + row) * image.width() + column) * channels,
                t * depth * convolution.outputs(),
                ((n * convolution.height() + r) * convolution.width() + c)
                    * convolution.outputs());
          }
        }
      }
    }
  }

  private float[] results() {
    float[] y = new float[dy.length];
    for (int n = 0; n < convolution.images(); n++) {
      forEachTap(n, 0, convolution.height(), (xAt, wAt, yAt) -> {
        for (int o = 0; o < convolution.outputs(); o++) {
          for (int c = 0; c < depth; c++) {
            y[yAt + o] = Math.fma(x[xAt + o / count * depth + c],
                w[wAt + c * convolution.outputs() + o], y[yAt + o]);
          }
        }
      });
    }
    return y;
  }

  /** The first place that sees a pixel sees it by the last tap: places in order, taps from it. */
  private float[] gradientOfImages() {
    float[] dx = new float[x.length];
    for (int n = 0; n < convolution.images(); n++) {
      forEachTap(n, 0, convolution.height(), (xAt, wAt, yAt) -> {
        for (int c = 0; c < channels; c++) {
          int group = c / depth;
          for (int o = group * count; o < (group + 1) * count; o++) {
            dx[xAt + c] = Math.fma(dy[yAt + o],
                w[wAt + c % depth * convolution.outputs() + o], dx[xAt + c]);
          }
        }
      });
    }
    return dx;
  }

  private float[] gradientOfKernels() {
    int images = convolution.images();
    int parts = Math.min(PARTS, images);
    int places = convolution.height() * convolution.width();
    int together = Math.clamp(Convolution.PLACES / places, 1, Math.ceilDiv(images, parts));
    float[] dw = new float[w.length];
    for (int part = 0; part < parts; part++) {
      float[] ofPart = new float[w.length];
      int end = (part + 1) * images / parts;
      int rows = together > 1
          ? convolution.height()
          : Math.max(1, Convolution.PLACES / convolution.width());
      for (int n = part * images / parts; n < end; n += together) {
        for (int row = 0; row < convolution.height(); row += rows) {
          float[] piece = new float[w.length];
          for (int image = n; image < Math.min(end, n + together); image++) {
            addPlaces(image, row, rows, piece);
          }
          add(piece, ofPart);
        }
      }
      add(ofPart, dw);
    }
    return dw;
  }

  private void addPlaces(int image, int row, int rows, float[] sums) {
    forEachTap(image, row, rows, (xAt, wAt, yAt) -> {
      for (int o = 0; o < convolution.outputs(); o++) {
        for (int c = 0; c < depth; c++) {
          int at = wAt + c * convolution.outputs() + o;
          sums[at] = Math.fma(x[xAt + o / count * depth + c], dy[yAt + o], sums[at]);
        }
      }
    });
  }

  private static void add(float[] numbers, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += numbers[i];
    }
  }
}
