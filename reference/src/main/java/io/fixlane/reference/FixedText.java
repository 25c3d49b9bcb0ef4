package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/** Values as text. */
final class FixedText {
  // Decimals are shown up to so many fraction bits of either sign: their digits grow with them.
  private static final int MAX_SHOWN_FRACTION = FixedFormat.MAX_WIDTH;

  private FixedText() {}

  static String bits(Fixed x) {
    int width = x.format().width();
    String digits = x.raw().mod(BigInteger.ONE.shiftLeft(width)).toString(2);
    String bits = "0".repeat(width - digits.length()) + digits;
    int integerBits = x.format().integerBits();
    return integerBits > 0 && integerBits < width
        ? bits.substring(0, integerBits) + "." + bits.substring(integerBits)
        : bits;
  }

  static String value(Fixed x) {
    long exponent = -(long) x.format().fractionBits();
    return Math.abs(exponent) <= MAX_SHOWN_FRACTION
        ? x.toBigDecimal().stripTrailingZeros().toPlainString()
        : x.raw() + " x 2^" + exponent;
  }
}
