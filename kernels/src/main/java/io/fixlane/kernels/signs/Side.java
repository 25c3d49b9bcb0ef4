package io.fixlane.kernels.signs;

/**
 * How the places of a kernel lie along one side of an image, its rows or its columns.
 *
 * @param size the lines of the image
 * @param kernel the lines of the kernel
 * @param stride lines from one place to the next
 * @param padding lines before the first that a kernel reaches
 * @param dilation lines from one tap to the next
 * @param places how many places there are
 */
public record Side(int size, int kernel, int stride, int padding, int dilation, int places) {
  /** Returns the line that a tap of a place reads, which may lie outside the image. */
  long line(int place, int tap) {
    return (long) place * stride - padding + (long) tap * dilation;
  }

  /** Returns the first tap of a place that lies in the image, or the kernel's lines if none. */
  int firstTap(int place) {
    long before = -line(place, 0);
    return before <= 0 ? 0 : Math.clamp(Math.ceilDiv(before, dilation), 0, kernel);
  }

  /** Returns the tap after the last that lies in the image, at least the first. */
  int lastTap(int place) {
    return line(place, kernel - 1) < size
        ? kernel
        : Math.clamp(Math.ceilDiv(size - line(place, 0), dilation), firstTap(place), kernel);
  }
}
