package io.fixlane.network;

import io.fixlane.kernels.ConvShape;

/**
 * How a kernel moves over an image. Immutable: the methods that change a size return another
 * window.
 *
 * {@snippet class="io.fixlane.network.NetworkExample" region="window"}
 *
 * @param kernelHeight the kernel's rows
 * @param kernelWidth the kernel's columns
 * @param strideY rows from one place of the kernel to the next
 * @param strideX columns from one place to the next
 * @param paddingY rows above and below the image that the kernel reaches
 * @param paddingX columns left and right of it
 * @param dilationY rows from one tap of the kernel to the next
 * @param dilationX columns from one tap to the next
 */
public record Window(
    int kernelHeight, int kernelWidth, int strideY, int strideX, int paddingY, int paddingX,
    int dilationY, int dilationX) {
  /** Returns a window that moves by one row or column, without padding or dilation. */
  public static Window of(int kernelHeight, int kernelWidth) {
    return new Window(kernelHeight, kernelWidth, 1, 1, 0, 0, 1, 1);
  }

  /** Returns this window with a stride. */
  public Window withStride(int y, int x) {
    return new Window(
        kernelHeight, kernelWidth, y, x, paddingY, paddingX, dilationY, dilationX);
  }

  /** Returns this window with padding on all sides. */
  public Window withPadding(int y, int x) {
    return new Window(kernelHeight, kernelWidth, strideY, strideX, y, x, dilationY, dilationX);
  }

  /** Returns this window with taps that lie apart. */
  public Window withDilation(int y, int x) {
    return new Window(kernelHeight, kernelWidth, strideY, strideX, paddingY, paddingX, y, x);
  }

  /** Returns the shape of a convolution of such images. */
  ConvShape convolution(TensorType image, int outputs, int groups) {
    return new ConvShape(image.channels(), image.shape().get(0), image.shape().get(1), outputs,
        kernelHeight, kernelWidth, strideY, strideX, paddingY, paddingX, dilationY, dilationX,
        groups, ConvShape.Layout.NHWC);
  }

  /** Returns the sizes that are not the usual ones: {@code 3 x 3, stride 2 x 2}. */
  @Override
  public String toString() {
    return kernelHeight + " x " + kernelWidth + text("stride", strideY, strideX, 1)
        + text("padding", paddingY, paddingX, 0) + text("dilation", dilationY, dilationX, 1);
  }

  private static String text(String name, int y, int x, int usual) {
    return y == usual && x == usual ? "" : ", " + name + " " + y + " x " + x;
  }
}
