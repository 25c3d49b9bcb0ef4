package io.fixlane.kernels;

import io.fixlane.kernels.tiles.pack.ImageShape;
import java.util.Objects;

/**
 * The sizes of a convolution. Immutable: the methods that change a size return another shape, and
 * may be called in any order: that the kernel, dilated, fits in the padded image, and that an int
 * counts the words of padded image and result, is asked of the whole shape, where it is used.
 *
 * {@snippet class="io.fixlane.kernels.example.Conv2dExample" region="shape"}
 *
 * @param channels the image's channels
 * @param height the image's rows
 * @param width the image's columns
 * @param outputs output channels
 * @param kernelHeight the kernel's rows
 * @param kernelWidth the kernel's columns
 * @param strideY rows from one place of the kernel to the next
 * @param strideX columns from one place to the next
 * @param paddingY rows of zeros above and below the image
 * @param paddingX columns of zeros left and right of it
 * @param dilationY rows from one tap of the kernel to the next
 * @param dilationX columns from one tap to the next
 * @param groups into how many groups channels and outputs are divided: each output takes the
 *     channels of its own group
 * @param layout how pixels and channels lie in images and results
 */
public record ConvShape(
    int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth,
    int strideY, int strideX, int paddingY, int paddingX, int dilationY, int dilationX, int groups,
    Layout layout) {

  /** How the words of an image lie in memory. */
  public enum Layout {
    /** Row by row, column by column, the channels of a pixel side by side: the faster one. */
    NHWC,
    /** Channel by channel, each a plane of rows and columns. */
    NCHW
  }

  /**
   * Makes a shape.
   *
   * @throws IllegalArgumentException if a size is not positive, the padding is negative, or the
   *     groups do not divide channels and outputs
   */
  public ConvShape {
    positive("channels", channels);
    positive("height", height);
    positive("width", width);
    positive("outputs", outputs);
    positive("kernelHeight", kernelHeight);
    positive("kernelWidth", kernelWidth);
    positive("strideY", strideY);
    positive("strideX", strideX);
    positive("dilationY", dilationY);
    positive("dilationX", dilationX);
    positive("groups", groups);
    notNegative("paddingY", paddingY);
    notNegative("paddingX", paddingX);
    Objects.requireNonNull(layout, "layout");
    if (channels % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException("groups is " + groups + ": it must divide the channels, "
          + channels + ", and the outputs, " + outputs);
    }
  }

  /**
   * Returns a shape with stride 1, no padding, no dilation, one group, in the layout NHWC.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static ConvShape of(int channels, int height, int width, int outputs, int kernelHeight,
      int kernelWidth) {
    return new ConvShape(channels, height, width, outputs, kernelHeight, kernelWidth, 1, 1, 0, 0,
        1, 1, 1, Layout.NHWC);
  }

  /**
   * Returns this shape with a stride in both directions.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public ConvShape withStride(int y, int x) {
    return new ConvShape(channels, height, width, outputs, kernelHeight, kernelWidth, y, x,
        paddingY, paddingX, dilationY, dilationX, groups, layout);
  }

  /**
   * Returns this shape with padding on all sides.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public ConvShape withPadding(int y, int x) {
    return new ConvShape(channels, height, width, outputs, kernelHeight, kernelWidth, strideY,
        strideX, y, x, dilationY, dilationX, groups, layout);
  }

  /**
   * Returns this shape with a kernel whose taps lie apart.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public ConvShape withDilation(int y, int x) {
    return new ConvShape(channels, height, width, outputs, kernelHeight, kernelWidth, strideY,
        strideX, paddingY, paddingX, y, x, groups, layout);
  }

  /**
   * Returns this shape with groups; as many as channels make a depthwise convolution.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public ConvShape withGroups(int count) {
    return new ConvShape(channels, height, width, outputs, kernelHeight, kernelWidth, strideY,
        strideX, paddingY, paddingX, dilationY, dilationX, count, layout);
  }

  /** Returns this shape in another layout. */
  public ConvShape withLayout(Layout layout) {
    return new ConvShape(channels, height, width, outputs, kernelHeight, kernelWidth, strideY,
        strideX, paddingY, paddingX, dilationY, dilationX, groups, layout);
  }

  /**
   * Returns the rows of the result.
   *
   * @throws IllegalArgumentException if the kernel, dilated, has more rows than the padded image
   */
  public int outputHeight() {
    return places("rows", height, kernelHeight, strideY, paddingY, dilationY);
  }

  /**
   * Returns the columns of the result.
   *
   * @throws IllegalArgumentException if the kernel, dilated, has more columns than the padded image
   */
  public int outputWidth() {
    return places("columns", width, kernelWidth, strideX, paddingX, dilationX);
  }

  /**
   * Requires the sizes to go together; all that follows holds for shapes of which they do.
   *
   * @throws IllegalArgumentException if the kernel, dilated, is larger than the padded image, or
   *     the padded image or the result has more words than an int counts
   */
  void requireWhole() {
    int rows = outputHeight();
    int columns = outputWidth();
    countable("padded image", channels, height + 2L * paddingY, width + 2L * paddingX);
    countable("result", outputs, rows, columns);
  }

  /** Returns whether each output takes one channel, its own. */
  boolean depthwise() {
    return groups == channels && groups == outputs && groups > 1;
  }

  /** Returns whether the convolution is a matrix product of the pixels. */
  boolean pointwise() {
    return kernelHeight == 1 && kernelWidth == 1 && strideY == 1 && strideX == 1 && paddingY == 0
        && paddingX == 0 && groups == 1 && layout == Layout.NHWC;
  }

  /** Returns what one group reads; a depthwise convolution is one group of all channels. */
  ImageShape image(int group) {
    int read = depthwise() ? channels : channels / groups;
    return new ImageShape(height, width, channels, group * read, read, layout == Layout.NCHW,
        kernelHeight, kernelWidth, strideY, strideX, paddingY, paddingX, dilationY, dilationX,
        outputHeight(), outputWidth());
  }

  /** Returns the words of an image. */
  int imageSize() {
    return channels * height * width;
  }

  /** Returns the places of the kernel. */
  int places() {
    return outputHeight() * outputWidth();
  }

  static void positive(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(name + " is " + size + ": it must be positive");
    }
  }

  static void notNegative(String name, int padding) {
    if (padding < 0) {
      throw new IllegalArgumentException(name + " is " + padding + ": it must not be negative");
    }
  }

  /** Requires the product of three sizes, each of at most 31 bits, to be an int. */
  private static void countable(String name, int channels, long rows, long columns) {
    if (rows * columns > Integer.MAX_VALUE / channels) {
      throw new IllegalArgumentException("the " + name + " has " + channels + " channels of " + rows
          + " x " + columns + " words: it must have at most " + Integer.MAX_VALUE + " in all");
    }
  }

  /** Returns the places of a kernel along one side of an image, along its rows or columns. */
  static int places(String lines, int size, int kernel, int stride, int padding, int dilation) {
    long padded = size + 2L * padding;
    if (padded > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the padded image has " + padded + " " + lines
          + ": it must have at most " + Integer.MAX_VALUE);
    }
    long reach = (kernel - 1L) * dilation + 1;
    if (reach > padded) {
      throw new IllegalArgumentException("the kernel spans " + reach + " " + lines
          + ": it must fit in the padded image, which has " + padded);
    }
    return (int) ((padded - reach) / stride) + 1;
  }
}
