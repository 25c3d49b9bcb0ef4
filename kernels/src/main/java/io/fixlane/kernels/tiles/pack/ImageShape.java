package io.fixlane.kernels.tiles.pack;

/**
 * How the places of a kernel lie in an image.
 *
 * @param height the image's rows
 * @param width the image's columns
 * @param channels the image's channels
 * @param firstChannel the first of the channels that are read
 * @param readChannels how many are read
 * @param channelsFirst whether each channel is a plane, rather than each pixel a run of channels
 * @param kernelHeight the kernel's rows
 * @param kernelWidth the kernel's columns
 * @param strideY rows from one place to the next
 * @param strideX columns from one place to the next
 * @param paddingY rows of zeros above and below the image
 * @param paddingX columns of zeros left and right of it
 * @param dilationY rows from one tap of the kernel to the next
 * @param dilationX columns from one tap to the next
 * @param outputHeight rows of places
 * @param outputWidth columns of places
 */
public record ImageShape(
    int height, int width, int channels, int firstChannel, int readChannels, boolean channelsFirst,
    int kernelHeight, int kernelWidth, int strideY, int strideX, int paddingY, int paddingX,
    int dilationY, int dilationX, int outputHeight, int outputWidth) {

  /** Returns the columns of the padded image that are read. */
  int bandWidth() {
    return (outputWidth - 1) * strideX + (kernelWidth - 1) * dilationX + 1;
  }

  /** Returns the rows of the padded image that so many rows of places read. */
  int bandHeight(int placeRows) {
    return (placeRows - 1) * strideY + (kernelHeight - 1) * dilationY + 1;
  }
}
