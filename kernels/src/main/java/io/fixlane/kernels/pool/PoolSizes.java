package io.fixlane.kernels.pool;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/**
 * The sizes of a pooling of images whose pixels have their channels side by side.
 *
 * @param image the image
 * @param window how the kernel moves
 * @param output the result
 */
public record PoolSizes(ImageShape image, Window window, ImageShape output) {
  /**
   * Returns the sizes.
   *
   * @throws IllegalArgumentException if the window is none of a pooling, or the kernel does not fit
   *     in the padded image, or that has more words than an int counts
   */
  public static PoolSizes of(ImageShape image, Window window) {
    window.requirePooling();
    return new PoolSizes(image, window, window.output(image));
  }

  /** Returns the columns from the left of the padding to the last that is read or the image's. */
  int columns() {
    return window.paddingLeft()
        + Math.max(image.width(), window.column(output.width() - 1, window.kernelWidth()));
  }

  /** Returns the first row of the image under the kernel in a row of the result. */
  int firstRow(int outputRow) {
    return Math.max(0, window.row(outputRow, 0));
  }

  /** Returns one past the last row of the image under the kernel. */
  int lastRow(int outputRow) {
    return Math.min(image.height(), window.row(outputRow, window.kernelHeight()));
  }
}
