package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/** A division as the header makes it. */
final class Quotient {
  private Quotient() {}

  static Fixed of(Fixed x, Fixed divisor) {
    FixedFormat format = x.format();
    FixedFormat other = divisor.format();
    FixedFormat result = format.dividedBy(other);
    int shift = Math.max(other.fractionBits(), 0);
    int dividendWidth = format.width() + shift + (other.signed() && !format.signed() ? 1 : 0);
    int divisorWidth = other.width() + (format.signed() && !other.signed() ? 1 : 0);
    int width = Math.max(dividendWidth, divisorWidth);
    BigInteger quotient = x.raw().shiftLeft(shift).divide(divisor.raw());
    // The most negative quotient is the only one that reaches 2^(width-1).
    boolean wraps = result.signed() && quotient.bitLength() >= width;
    return new Fixed(result, result.wrap(wraps ? quotient.negate() : quotient));
  }
}
