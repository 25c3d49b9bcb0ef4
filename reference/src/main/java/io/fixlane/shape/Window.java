package io.fixlane.shape;

import java.util.Objects;

/**
 * How a kernel moves over an image: the kernel of a convolution or a pooling. Immutable: the
 * methods that change a size return another window, and may be called in any order: that the kernel
 * fits in the padded image is asked where there is one.
 *
 * {@snippet class="io.fixlane.shape.WindowExample" region="window"}
 *
 * <p>Along the rows of an image, as along its columns, let {@code reach} be the rows that the
 * dilated kernel spans, {@code (kernel - 1) * dilation + 1}, and {@code padded} those of the padded
 * image, {@code size + before + after}. The result has
 *
 * <pre>
 *   floor((padded - reach) / stride) + 1     rows, or in ceil mode
 *   ceil((padded - reach) / stride) + 1      rows, but for a place that this adds and that begins
 *                                            at size + before or later
 * </pre>
 *
 * <p>This is what ONNX says of {@code MaxPool} and {@code AveragePool}, and of {@code Conv}, which
 * has no ceil mode, and {@code pooling_output_shape} in PyTorch's {@code ATen/native/Pool.h}: in
 * ceil mode, the last place may reach beyond the padding, but begins in the image or in the padding
 * before it. What is beyond the padding is skipped, as padding is, and is not counted in averages
 * in which padding counts.
 *
 * @param kernelHeight the kernel's rows
 * @param kernelWidth the kernel's columns
 * @param strideY rows from one place of the kernel to the next
 * @param strideX columns from one place to the next
 * @param paddingTop rows above the image that the kernel reaches
 * @param paddingBottom rows below it
 * @param paddingLeft columns left of it
 * @param paddingRight columns right of it
 * @param dilationY rows from one tap of the kernel to the next
 * @param dilationX columns from one tap to the next
 * @param ceilMode whether a place that reaches beyond the padding is one, too
 */
public record Window(
    int kernelHeight, int kernelWidth, int strideY, int strideX, int paddingTop, int paddingBottom,
    int paddingLeft, int paddingRight, int dilationY, int dilationX, boolean ceilMode) {
  /**
   * Makes a window.
   *
   * @throws IllegalArgumentException if a padding is negative, or another size not positive
   */
  public Window {
    Sizes.positive("kernelHeight", kernelHeight);
    Sizes.positive("kernelWidth", kernelWidth);
    Sizes.positive("strideY", strideY);
    Sizes.positive("strideX", strideX);
    Sizes.notNegative("paddingTop", paddingTop);
    Sizes.notNegative("paddingBottom", paddingBottom);
    Sizes.notNegative("paddingLeft", paddingLeft);
    Sizes.notNegative("paddingRight", paddingRight);
    Sizes.positive("dilationY", dilationY);
    Sizes.positive("dilationX", dilationX);
  }

  /**
   * Returns a window that moves by one row or column, without padding or dilation.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static Window of(int kernelHeight, int kernelWidth) {
    return new Window(kernelHeight, kernelWidth, 1, 1, 0, 0, 0, 0, 1, 1, false);
  }

  /**
   * Returns this window with a stride.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public Window withStride(int y, int x) {
    return new Window(kernelHeight, kernelWidth, y, x, paddingTop, paddingBottom, paddingLeft,
        paddingRight, dilationY, dilationX, ceilMode);
  }

  /**
   * Returns this window with as many rows of padding above as below, and columns left as right.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public Window withPadding(int y, int x) {
    return withPadding(y, y, x, x);
  }

  /**
   * Returns this window with padding on each side.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public Window withPadding(int top, int bottom, int left, int right) {
    return new Window(kernelHeight, kernelWidth, strideY, strideX, top, bottom, left, right,
        dilationY, dilationX, ceilMode);
  }

  /**
   * Returns this window with taps that lie apart.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public Window withDilation(int y, int x) {
    return new Window(kernelHeight, kernelWidth, strideY, strideX, paddingTop, paddingBottom,
        paddingLeft, paddingRight, y, x, ceilMode);
  }

  /** Returns this window in ceil mode, in which the last place may reach beyond the padding. */
  public Window ceil() {
    return new Window(kernelHeight, kernelWidth, strideY, strideX, paddingTop, paddingBottom,
        paddingLeft, paddingRight, dilationY, dilationX, true);
  }

  /**
   * Returns this window with the padding that gives {@code ceil(size / stride)} rows and columns,
   * {@code max((ceil(size / stride) - 1) * stride + reach - size, 0)} in all, half of it on each
   * side, an odd one at the bottom and right: {@code SAME} of TensorFlow, {@code SAME_UPPER} of
   * ONNX. Stride and dilation are to be there already.
   *
   * @param image the image that it is the padding of
   * @throws IllegalArgumentException if the padded image has more rows or columns than an int
   *     counts
   */
  public Window samePadding(ImageShape image) {
    Objects.requireNonNull(image, "image");
    int y = rows().samePadding(image.height());
    int x = columns().samePadding(image.width());
    return withPadding(y / 2, y - y / 2, x / 2, x - x / 2);
  }

  /**
   * Returns this window with the padding of {@link #samePadding}, an odd one at the top and left:
   * {@code SAME_LOWER} of ONNX.
   *
   * @param image the image that it is the padding of
   * @throws IllegalArgumentException as {@link #samePadding}
   */
  public Window samePaddingLower(ImageShape image) {
    Objects.requireNonNull(image, "image");
    int y = rows().samePadding(image.height());
    int x = columns().samePadding(image.width());
    return withPadding(y - y / 2, y / 2, x - x / 2, x / 2);
  }

  private Side rows() {
    return new Side(
        "rows", kernelHeight, strideY, dilationY, paddingTop, paddingBottom, ceilMode);
  }

  private Side columns() {
    return new Side(
        "columns", kernelWidth, strideX, dilationX, paddingLeft, paddingRight, ceilMode);
  }

  /** Returns the taps of the kernel. */
  public int taps() {
    return Math.multiplyExact(kernelHeight, kernelWidth);
  }

  /**
   * Returns the row of the image that is under a row of the kernel, in a row of the result; none of
   * the image's where that tap is outside.
   */
  public int row(int outputRow, int kernelRow) {
    return outputRow * strideY - paddingTop + kernelRow * dilationY;
  }

  /**
   * Returns the column of the image that is under a column of the kernel, in a column of the
   * result; none of the image's where that tap is outside.
   */
  public int column(int outputColumn, int kernelColumn) {
    return outputColumn * strideX - paddingLeft + kernelColumn * dilationX;
  }

  /**
   * Returns the rows of the result of an image of so many.
   *
   * @throws IllegalArgumentException if the kernel, dilated, has more rows than the padded image,
   *     in ceil mode a stride more, or that has more rows than an int counts
   */
  public int outputHeight(int height) {
    Sizes.positive("height", height);
    return rows().places(height);
  }

  /**
   * Returns the columns of the result of an image of so many.
   *
   * @throws IllegalArgumentException if the kernel, dilated, has more columns than the padded
   *     image, in ceil mode a stride more, or that has more columns than an int counts
   */
  public int outputWidth(int width) {
    Sizes.positive("width", width);
    return columns().places(width);
  }

  /**
   * Returns the result of an image, of as many channels.
   *
   * @throws IllegalArgumentException as {@link #outputHeight} and {@link #outputWidth}, or if the
   *     padded image has more words than an int counts
   */
  public ImageShape output(ImageShape image) {
    Objects.requireNonNull(image, "image");
    Sizes.countable("padded image", rows().padded(image.height()),
        columns().padded(image.width()), image.channels());
    return new ImageShape(outputHeight(image.height()), outputWidth(image.width()),
        image.channels(), image.layout());
  }

  /** Returns whether a tap lies outside the image at some place of the kernel. */
  public boolean leaves(ImageShape image) {
    Objects.requireNonNull(image, "image");
    return rows().leaves(image.height()) || columns().leaves(image.width());
  }

  /**
   * Requires this to be the window of a pooling.
   *
   * @throws IllegalArgumentException if it is dilated, or the padding of a side is not smaller than
   *     the kernel, so that the kernel may meet no pixel
   */
  public void requirePooling() {
    if (dilationY > 1 || dilationX > 1) {
      throw new IllegalArgumentException(
          "the window is " + this + ": pooling takes no dilation");
    }
    smaller("paddingTop", paddingTop, "kernelHeight", kernelHeight);
    smaller("paddingBottom", paddingBottom, "kernelHeight", kernelHeight);
    smaller("paddingLeft", paddingLeft, "kernelWidth", kernelWidth);
    smaller("paddingRight", paddingRight, "kernelWidth", kernelWidth);
  }

  private static void smaller(String name, int padding, String kernelName, int kernel) {
    if (padding >= kernel) {
      throw new IllegalArgumentException(name + " is " + padding + ": it must be smaller than "
          + kernelName + ", " + kernel + ", in a pooling");
    }
  }

  /** Returns the sizes that are not the usual ones: {@code 3 x 3, stride 2 x 2}. */
  @Override
  public String toString() {
    return kernelHeight + " x " + kernelWidth + text("stride", strideY, strideX, 1) + padding()
        + text("dilation", dilationY, dilationX, 1) + (ceilMode ? ", ceil mode" : "");
  }

  private String padding() {
    return paddingTop == paddingBottom && paddingLeft == paddingRight
        ? text("padding", paddingTop, paddingLeft, 0)
        : ", padding " + paddingTop + " above, " + paddingBottom + " below, " + paddingLeft
            + " left, " + paddingRight + " right";
  }

  private static String text(String name, int y, int x, int usual) {
    return y == usual && x == usual ? "" : ", " + name + " " + y + " x " + x;
  }
}
