package io.fixlane.shape;

/**
 * How a kernel moves along one side of an image, over its rows or its columns.
 *
 * @param lines what it moves over: rows or columns
 * @param kernel how many of them the kernel has
 * @param stride how many lie from one place to the next
 * @param dilation how many lie from one tap to the next
 * @param before the padding before the image
 * @param after the padding after it
 * @param ceilMode whether a place that reaches beyond the padding is one, too
 */
record Side(
    String lines, int kernel, int stride, int dilation, int before, int after, boolean ceilMode) {

  /** Returns how many lines the kernel spans. */
  private long reach() {
    return (kernel - 1L) * dilation + 1;
  }

  /** Returns the places in an image of so many lines. */
  int places(int size) {
    long padded = (long) size + before + after;
    requireInt(padded);
    long free = padded - reach();
    long places = Math.floorDiv(free, stride) + 1;
    if (ceilMode && Math.floorMod(free, stride) > 0 && places * stride < (long) size + before) {
      places++;
    }
    if (places < 1) {
      throw new IllegalArgumentException("the kernel spans " + reach() + " " + lines
          + ": it must fit in the padded image, which has " + padded
          + (ceilMode ? ", and " + (stride - 1) + " more in ceil mode" : ""));
    }
    requireInt((places - 1) * stride + reach());
    return (int) places;
  }

  /** Returns the lines of the padded image, with those that are read beyond it. */
  int padded(int size) {
    return (int) Math.max((long) size + before + after, (places(size) - 1L) * stride + reach());
  }

  /** Returns whether a tap lies outside the image at some place. */
  boolean leaves(int size) {
    return before > 0 || (places(size) - 1L) * stride + reach() > size;
  }

  /** Returns the padding that gives ceil(size / stride) places, before the image and after it. */
  int samePadding(int size) {
    long read = (Math.ceilDiv(size, stride) - 1L) * stride + reach();
    requireInt(read);
    return (int) Math.max(read - size, 0);
  }

  private void requireInt(long padded) {
    if (padded > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the padded image has " + padded + " " + lines
          + ": it must have at most " + Integer.MAX_VALUE);
    }
  }
}
