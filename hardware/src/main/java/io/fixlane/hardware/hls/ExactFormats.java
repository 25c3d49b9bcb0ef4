package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Formats that hold every exact value of a kind; casts into them change nothing. */
final class ExactFormats {
  /** What the header of the types allows, unless it is told otherwise. */
  private static final int WIDEST = 1024;

  private ExactFormats() {}

  /**
   * Returns a signed format of sums of a start and so many terms.
   *
   * @param start the format of the start, or null for sums that start at 0
   */
  static FixedFormat sum(FixedFormat term, long terms, @Nullable FixedFormat start)
      throws HardwareException {
    int fraction = start == null
        ? term.fractionBits()
        : Math.max(term.fractionBits(), start.fractionBits());
    BigInteger most = magnitude(term, fraction).multiply(BigInteger.valueOf(terms));
    most = start == null ? most : most.add(magnitude(start, fraction));
    return signed(most.bitLength() + 1L - fraction, fraction);
  }

  /** Returns the largest magnitude of a word, in units of 2<sup>-fraction</sup>. */
  private static BigInteger magnitude(FixedFormat format, int fraction) {
    return format.minRaw().abs().max(format.maxRaw())
        .shiftLeft(fraction - format.fractionBits());
  }

  /**
   * Returns a signed format of products with K-hot weights and of their terms, in which no term
   * loses a bit when it is shifted.
   */
  static FixedFormat shifted(FixedFormat x, FixedFormat weight) throws HardwareException {
    return signed(Math.max(x.integerBits(), x.integerBits() + (long) weight.integerBits()) + 3,
        Math.max(x.fractionBits(), x.fractionBits() + weight.fractionBits()));
  }

  static FixedFormat signed(long integerBits, long fractionBits) throws HardwareException {
    long width = Math.max(1, integerBits + fractionBits);
    if (width > WIDEST) {
      throw new HardwareException("its exact values have " + width + " bits: at most " + WIDEST
          + " can be written");
    }
    return FixedFormat.signed((int) width, (int) (width - fractionBits));
  }
}
