package io.fixlane.autograd;

/**
 * How a window slides over an image: the geometry of a convolution or a pooling.
 *
 * @param height rows of the window
 * @param width columns of the window
 * @param stride distance of neighbouring places of the window, in both directions
 * @param padding rows and columns around the image, on every side
 * @param dilation distance of neighbouring taps of the window, in both directions
 */
public record Window(int height, int width, int stride, int padding, int dilation) {
  /**
   * Makes a window.
   *
   * @throws IllegalArgumentException if a size is not positive, or the padding negative
   */
  public Window {
    require("height", height, 1);
    require("width", width, 1);
    require("stride", stride, 1);
    require("padding", padding, 0);
    require("dilation", dilation, 1);
  }

  private static void require(String name, int value, int least) {
    if (value < least || value > 1 << 20) {
      throw new IllegalArgumentException(
          name + " is " + value + ": it must be in " + least + ".." + (1 << 20));
    }
  }

  /** Makes a square window that moves by one, without padding or dilation. */
  public static Window square(int size) {
    return new Window(size, size, 1, 0, 1);
  }

  /** Returns the window with another stride. */
  public Window withStride(int newStride) {
    return new Window(height, width, newStride, padding, dilation);
  }

  /** Returns the window with another padding. */
  public Window withPadding(int newPadding) {
    return new Window(height, width, stride, newPadding, dilation);
  }

  /** Returns the window with another dilation. */
  public Window withDilation(int newDilation) {
    return new Window(height, width, stride, padding, newDilation);
  }

  /** Returns the rows of the output; not positive where the window does not fit. */
  public int outputHeight(int imageHeight) {
    return places(imageHeight, height);
  }

  /** Returns the columns of the output; not positive where the window does not fit. */
  public int outputWidth(int imageWidth) {
    return places(imageWidth, width);
  }

  private int places(int image, int taps) {
    long free = image + 2L * padding - ((taps - 1L) * dilation + 1);
    return free < 0 ? 0 : (int) (free / stride + 1);
  }

  /** Returns the row or column of the image at a tap of a place of the window. */
  int source(int place, int tap) {
    return place * stride - padding + tap * dilation;
  }

  /** Requires an image in which the window fits. */
  void requireFits(Op op, Tensor... inputs) {
    op.require(
        inputs.length > 0 && inputs[0].rank() == 4, inputs,
        "the first must be images, N x height x width x channels");
    int rows = inputs[0].dimension(1);
    int columns = inputs[0].dimension(2);
    op.require(
        outputHeight(rows) > 0 && outputWidth(columns) > 0, inputs,
        "the window of " + ((height - 1L) * dilation + 1) + " x " + ((width - 1L) * dilation + 1)
            + " must fit in the image padded by " + padding);
  }
}
