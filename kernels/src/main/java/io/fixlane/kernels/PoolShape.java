package io.fixlane.kernels;

import io.fixlane.kernels.ConvShape.Layout;
import java.util.Objects;

/**
 * The sizes of a pooling. Immutable: the methods that change a size return another shape, and may
 * be called in any order: that the kernel fits in the padded image, and that an int counts the
 * words of the padded image, is asked of the whole shape, where it is used.
 *
 * {@snippet class="io.fixlane.kernels.example.Pool2dExample" region="shape"}
 *
 * @param channels channels of image and result
 * @param height the image's rows
 * @param width the image's columns
 * @param kernelHeight the kernel's rows
 * @param kernelWidth the kernel's columns
 * @param strideY rows from one place of the kernel to the next
 * @param strideX columns from one place to the next
 * @param paddingY rows above and below the image that the kernel reaches
 * @param paddingX columns left and right of it
 * @param layout how pixels and channels lie in images and results
 */
public record PoolShape(
    int channels, int height, int width, int kernelHeight, int kernelWidth, int strideY,
    int strideX, int paddingY, int paddingX, Layout layout) {
  /**
   * Makes a shape.
   *
   * @throws IllegalArgumentException if a size is not positive, or the padding is negative or not
   *     smaller than the kernel, so that the kernel may meet no pixel
   */
  public PoolShape {
    ConvShape.positive("channels", channels);
    ConvShape.positive("height", height);
    ConvShape.positive("width", width);
    ConvShape.positive("kernelHeight", kernelHeight);
    ConvShape.positive("kernelWidth", kernelWidth);
    ConvShape.positive("strideY", strideY);
    ConvShape.positive("strideX", strideX);
    ConvShape.notNegative("paddingY", paddingY);
    ConvShape.notNegative("paddingX", paddingX);
    smaller("paddingY", paddingY, "kernelHeight", kernelHeight);
    smaller("paddingX", paddingX, "kernelWidth", kernelWidth);
    Objects.requireNonNull(layout, "layout");
  }

  private static void smaller(String name, int padding, String kernelName, int kernel) {
    if (padding >= kernel) {
      throw new IllegalArgumentException(name + " is " + padding + ": it must be smaller than "
          + kernelName + ", " + kernel);
    }
  }

  /**
   * Returns a shape whose kernel moves on by its own size, without padding, in the layout NHWC.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static PoolShape of(int channels, int height, int width, int kernelHeight,
      int kernelWidth) {
    return new PoolShape(channels, height, width, kernelHeight, kernelWidth, kernelHeight,
        kernelWidth, 0, 0, Layout.NHWC);
  }

  /**
   * Returns a shape whose kernel is as large as the image, in the layout NHWC: its result is one
   * pixel.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static PoolShape global(int channels, int height, int width) {
    return of(channels, height, width, height, width);
  }

  /**
   * Returns this shape with a stride in both directions.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public PoolShape withStride(int y, int x) {
    return new PoolShape(channels, height, width, kernelHeight, kernelWidth, y, x, paddingY,
        paddingX, layout);
  }

  /**
   * Returns this shape with padding on all sides.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public PoolShape withPadding(int y, int x) {
    return new PoolShape(channels, height, width, kernelHeight, kernelWidth, strideY, strideX, y,
        x, layout);
  }

  /** Returns this shape in another layout. */
  public PoolShape withLayout(Layout layout) {
    return new PoolShape(channels, height, width, kernelHeight, kernelWidth, strideY, strideX,
        paddingY, paddingX, layout);
  }

  /**
   * Returns the rows of the result: (height + 2 paddingY - kernelHeight) / strideY + 1.
   *
   * @throws IllegalArgumentException if the kernel has more rows than the padded image
   */
  public int outputHeight() {
    return ConvShape.places("rows", height, kernelHeight, strideY, paddingY, 1);
  }

  /**
   * Returns the columns of the result: (width + 2 paddingX - kernelWidth) / strideX + 1.
   *
   * @throws IllegalArgumentException if the kernel has more columns than the padded image
   */
  public int outputWidth() {
    return ConvShape.places("columns", width, kernelWidth, strideX, paddingX, 1);
  }

  /**
   * Requires the sizes to go together; all that follows holds for shapes of which they do.
   *
   * @throws IllegalArgumentException if the kernel is larger than the padded image, or that has
   *     more words than an int counts
   */
  void requireWhole() {
    new ConvShape(channels, height, width, channels, kernelHeight, kernelWidth, strideY, strideX,
        paddingY, paddingX, 1, 1, channels, layout).requireWhole();
  }

  /** Returns the planes of an image that are pooled one after the other. */
  int planes() {
    return layout == Layout.NCHW ? channels : 1;
  }

  /** Returns the words of a pixel of a plane, which lie side by side. */
  public int cell() {
    return layout == Layout.NCHW ? 1 : channels;
  }

  /** Returns the words of an image. */
  int imageSize() {
    return channels * height * width;
  }

  /** Returns the words of a result. */
  int resultSize() {
    return channels * outputHeight() * outputWidth();
  }

  /** Returns the taps of the kernel. */
  public int taps() {
    return kernelHeight * kernelWidth;
  }

  /** Returns the first row of the image under the kernel in a row of the result. */
  public int firstRow(int outputRow) {
    return Math.max(0, outputRow * strideY - paddingY);
  }

  /** Returns one past the last row of the image under the kernel. */
  public int lastRow(int outputRow) {
    return Math.min(height, outputRow * strideY - paddingY + kernelHeight);
  }

  /** Returns how many columns of the image are under the kernel in a column of the result. */
  public int columnsUnder(int outputColumn) {
    int left = outputColumn * strideX - paddingX;
    return Math.min(width, left + kernelWidth) - Math.max(0, left);
  }
}
