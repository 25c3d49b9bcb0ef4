package io.fixlane.network;

import io.fixlane.format.FixedFormat;

/** The formats that networks have. */
final class Formats {
  private static final int MAX_WIDTH = 64;

  /** Plans write bounds as decimals, whose digits grow with the fraction bits. */
  private static final int MAX_FRACTION_BITS = 1024;

  private Formats() {}

  /**
   * Returns a format that kernels can compute with.
   *
   * @throws IllegalArgumentException if they cannot
   */
  static FixedFormat require(FixedFormat format) {
    if (format.width() > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "the format is " + format + ": kernels take words of at most " + MAX_WIDTH + " bits");
    }
    if (Math.abs((long) format.fractionBits()) > MAX_FRACTION_BITS) {
      throw new IllegalArgumentException("the format is " + format + " with "
          + format.fractionBits() + " fraction bits: in a network they lie in -"
          + MAX_FRACTION_BITS + ".." + MAX_FRACTION_BITS);
    }
    return format;
  }
}
