package io.fixlane.cli.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.math.BigInteger;

/** What {@code fixlane cast} casts: an exact value, whatever its notation. */
sealed interface CastValue {
  /** A word of a format. */
  record Word(Fixed fixed) implements CastValue {}

  /** A number that a finite number of bits holds: raw x 2<sup>-fractionBits</sup>. */
  record Binary(BigInteger raw, int fractionBits) implements CastValue {}

  /** A number that no finite number of bits holds, in lowest terms, with a positive denominator. */
  record Fraction(BigInteger numerator, BigInteger denominator) implements CastValue {}

  /** An infinity. */
  record Infinite(boolean negative) implements CastValue {
    double toDouble() {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * Returns numerator / denominator, where the denominator is positive: a binary number if it is
   * one.
   */
  static CastValue ofFraction(BigInteger numerator, BigInteger denominator) {
    BigInteger divisor = numerator.gcd(denominator);
    BigInteger top = numerator.divide(divisor);
    BigInteger bottom = denominator.divide(divisor);
    return bottom.bitCount() == 1
        ? new Binary(top, bottom.getLowestSetBit())
        : new Fraction(top, bottom);
  }

  /**
   * Returns raw x 2<sup>-fractionBits</sup> without needless low zeros: an integer keeps the zeros
   * that fit a word.
   */
  static CastValue ofBinary(BigInteger raw, int fractionBits) {
    int zeros = Math.max(0, Math.min(fractionBits, raw.getLowestSetBit()));
    if (raw.signum() == 0) {
      return new Binary(raw, 0);
    }
    return fractionBits < 0 && fractionBits >= -FixedFormat.MAX_WIDTH
        ? new Binary(raw.shiftLeft(-fractionBits), 0)
        : new Binary(raw.shiftRight(zeros), fractionBits - zeros);
  }
}
