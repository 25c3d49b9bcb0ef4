package io.fixlane.network.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.Fixed;

/** The formats that networks have, and what words of them take. */
public final class Formats {
  private static final int MAX_WIDTH = 64;

  /** Plans write bounds as decimals, whose digits grow with the fraction bits. */
  private static final int MAX_FRACTION_BITS = 1024;

  private Formats() {}

  /**
   * Returns a format that kernels can compute with.
   *
   * @throws IllegalArgumentException if they cannot
   */
  public static FixedFormat require(FixedFormat format) {
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

  /** Returns the bytes of a word in memory: the narrowest of 1, 2, 4 and 8 that hold its bits. */
  public static int wordBytes(FixedFormat format) {
    return Math.max(8, Integer.highestOneBit(2 * format.width() - 1)) / 8;
  }

  /**
   * Returns 2<sup>-shift</sup>, the word 1 of an unsigned bit.
   *
   * @param shift what messages call slopeShift
   * @throws IllegalArgumentException if it is negative, or beyond what networks have for fraction
   *     bits
   */
  public static Fixed slope(int shift) {
    if (shift < 0) {
      throw new IllegalArgumentException(
          "slopeShift is " + shift + ": the slope 2^-slopeShift must be at most 1");
    }
    FixedFormat bit = require(new FixedFormat(
        false, 1, 1 - shift, QuantizationMode.DEFAULT, OverflowMode.DEFAULT, 0));
    return Fixed.ofRaw(bit, 1);
  }
}
