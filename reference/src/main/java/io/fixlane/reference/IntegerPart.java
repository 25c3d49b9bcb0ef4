package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/** The integer that the header converts a value to. */
final class IntegerPart {
  private IntegerPart() {}

  /** Returns the value truncated toward zero, modulo 2<sup>64</sup>. */
  static BigInteger of(Fixed x) {
    FixedFormat format = x.format();
    if (format.integerBits() <= 0) {
      // The header adds 1 to an integer of one bit, which is 0, and gets -1.
      boolean odd = format.integerBits() == 0 && x.raw().signum() < 0;
      return odd ? BigInteger.ONE.negate() : BigInteger.ZERO;
    }
    int fraction = format.fractionBits();
    return fraction > 0
        ? x.raw().divide(BigInteger.ONE.shiftLeft(fraction))
        : x.raw().shiftLeft(Math.min(-fraction, Long.SIZE));
  }
}
