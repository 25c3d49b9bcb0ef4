package io.fixlane.kernels.tiles.pack;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/**
 * The channels of an image that one group of a convolution reads, under a kernel that moves over
 * it.
 *
 * @param image the image
 * @param window how the kernel moves
 * @param first the first of the channels
 * @param count how many there are
 */
public record ChannelGroup(ImageShape image, Window window, int first, int count) {

  /** Returns the columns of the padded image that so many columns of places read. */
  int bandWidth(int places) {
    return window.column(places - 1, window.kernelWidth() - 1) + window.paddingLeft() + 1;
  }

  /** Returns the rows of the padded image that so many rows of places read. */
  int bandHeight(int places) {
    return window.row(places - 1, window.kernelHeight() - 1) + window.paddingTop() + 1;
  }
}
