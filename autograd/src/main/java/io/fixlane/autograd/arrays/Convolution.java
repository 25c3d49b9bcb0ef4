package io.fixlane.autograd.arrays;

import io.fixlane.kernels.tiles.FloatProduct;
import io.fixlane.kernels.tiles.FloatProduct.Panels;
import io.fixlane.kernels.tiles.FloatProduct.Rows;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Arrays;

/**
 * A convolution of images and its gradients, as products whose rows are the patches where they lie:
 * nothing is copied but images that need zeros around them. The threads share the images in parts
 * that depend on their number alone, and each number is summed in one order.
 *
 * @param window how the kernel slides
 * @param groups the groups of channels and outputs
 * @param images how many images there are
 * @param image what one is
 * @param outputs the channels of a result
 */
public record Convolution(
    Window window, int groups, int images, ImageShape image, int outputs) {
  private static final int PARTS = 8;
  /** Small images are taken together, up to so many places, and large ones in pieces. */
  static final int PLACES = 1024;

  /** Works on some images. */
  @FunctionalInterface
  interface Work {
    /**
     * Does the work.
     *
     * @param part the part of the images
     * @param first the first image
     * @param count how many images
     * @param data where the images are, with zeros around them
     * @param at where the first begins
     */
    void run(int part, int first, int count, float[] data, int at);
  }

  /** Returns the shape of the results. */
  public int[] outputShape() {
    return new int[] {images, height(), width(), outputs};
  }

  int height() {
    return window.outputHeight(image.height());
  }

  int width() {
    return window.outputWidth(image.width());
  }

  int parts() {
    return Math.min(PARTS, images);
  }

  int depth() {
    return image.channels() / groups;
  }

  int count() {
    return outputs / groups;
  }

  /** Returns how many images are taken together. */
  int together(int places) {
    return Math.clamp(PLACES / places, 1, Math.ceilDiv(images, parts()));
  }

  /** Returns the images as the window reads them. */
  PaddedImages padded() {
    return new PaddedImages(image.height(), image.width(), image.channels(), window.paddingTop(),
        window.paddingLeft(), read(height(), window.strideY(), window.kernelHeight(),
            window.dilationY()),
        read(width(), window.strideX(), window.kernelWidth(), window.dilationX()));
  }

  private static int read(int places, int stride, int kernel, int dilation) {
    return (places - 1) * stride + (kernel - 1) * dilation + 1;
  }

  /** Returns where each tap lies, from a place on. */
  int[] taps(PaddedImages padded) {
    return Patches.grid(window.kernelHeight(), window.kernelWidth(),
        (i, j) -> padded.at(i * window.dilationY(), j * window.dilationX()));
  }

  /** Returns the kernel of a group: taps and channels x outputs of the group. */
  Matrix kernel(float[] kernels, int at, int group) {
    int steps = window.taps() * depth();
    return new Matrix(kernels, at, steps, outputs, outputs, 1).columns(group * count(), count());
  }

  /** Returns rows of results of a group: places x outputs of the group. */
  Matrix results(float[] y, int firstRow, int rows, int group) {
    int at = firstRow * width() * outputs;
    return new Matrix(y, at, rows * width(), outputs, outputs, 1)
        .columns(group * count(), count());
  }

  /**
   * Computes the results: Y = P W.
   *
   * @param x the images
   * @param w the kernels, window height x window width x channels of a group x outputs
   * @param y the results
   */
  public void forward(Scratch scratch, float[] x, float[] w, float[] y) {
    PaddedImages padded = padded();
    int together = together(height() * width());
    int[] places = Patches.grid(together * height(), width(), (row, column) -> row / height()
        * padded.size() + padded.at(row % height() * window.strideY(), column * window.strideX()));
    Rows patches = Patches.of(places, taps(padded), depth());
    Panels[] kernels = new Panels[groups];
    Arrays.setAll(kernels, group -> panels(scratch, kernel(w, 0, group)));
    forEach(scratch, padded, together, 0, x, (part, first, count, data, at) -> {
      for (int group = 0; group < groups; group++) {
        FloatProduct.multiply(patches.in(data, at + group * depth()), 0, kernels[group],
            results(y, first * height(), count * height(), group).operand(), false);
      }
    });
  }

  static Panels panels(Scratch scratch, Matrix b) {
    return Panels.of(b.operand(), scratch.floats(Panels.size(b.rows(), b.columns())));
  }

  /**
   * Computes the gradient of the kernels, dW = P^T dY, summed up over the images of each part, then
   * over the parts.
   *
   * @param x the images
   * @param dy the gradient of the results
   * @return the gradient
   */
  public float[] gradientOfKernels(Scratch scratch, float[] x, float[] dy) {
    return new KernelGradient(this).compute(scratch, x, dy);
  }

  /**
   * Computes the gradient of the images, dX = dY W^T added up where patches lie over each other.
   *
   * @param w the kernels
   * @param dy the gradient of the results
   * @param dx the gradient of the images
   */
  public void gradientOfImages(Scratch scratch, float[] w, float[] dy, float[] dx) {
    new TransposedConvolution(this, height(), width()).compute(scratch, w, dy, dx);
  }

  /**
   * Works on all images: the parts at once, and the images of a part in order.
   *
   * @param padded what the images are
   * @param together how many at most are taken together
   * @param slack how many numbers are read after the last image
   */
  void forEach(Scratch scratch, PaddedImages padded, int together, int slack, float[] from,
      Work work) {
    float[][] memory = new float[parts()][];
    boolean plain = padded.isPlain() && slack == 0;
    if (!plain) {
      Arrays.setAll(memory, part -> scratch.floats(together * padded.size() + slack));
    }
    int size = padded.height() * padded.width() * padded.channels();
    scratch.parallel(parts(), part -> {
      int end = (part + 1) * images / parts();
      int count;
      for (int n = part * images / parts(); n < end; n += count) {
        count = Math.min(together, end - n);
        if (plain) {
          work.run(part, n, count, from, n * size);
        } else {
          padded.copy(from, n * size, count, memory[part]);
          work.run(part, n, count, memory[part], 0);
        }
      }
    });
  }
}
