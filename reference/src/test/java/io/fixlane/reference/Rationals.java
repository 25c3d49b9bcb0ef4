package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import java.math.BigInteger;
import org.apache.commons.math3.fraction.BigFraction;

/** What fixed-point arithmetic means on rational numbers: the judge of all that works on bits. */
final class Rationals {
  private Rationals() {}

  /** Returns raw x 2^-F. */
  static BigFraction value(Fixed x) {
    return new BigFraction(x.raw())
        .multiply(powerOfTwo(x.format().integerBits() - x.format().width()));
  }

  /** Returns {@code x} in units of the format's last place. */
  static BigFraction inUnitsOf(FixedFormat format, BigFraction x) {
    return x.multiply(powerOfTwo(format.width() - format.integerBits()));
  }

  /** Returns the integer that the format's mode makes of {@code x}, before any overflow. */
  static BigInteger quantize(BigFraction x, FixedFormat format) {
    return quantize(inUnitsOf(format, x), format.quantization());
  }

  /** Returns the integer that the mode's definition chooses for {@code x}. */
  static BigInteger quantize(BigFraction x, QuantizationMode mode) {
    BigInteger below = floor(x);
    BigInteger above = ceiling(x);
    boolean negative = x.compareTo(BigFraction.ZERO) < 0;
    BigInteger towardZero = negative ? above : below;
    BigInteger awayFromZero = negative ? below : above;
    return switch (mode) {
      case AP_TRN -> below;
      case AP_TRN_ZERO -> towardZero;
      case AP_RND -> nearest(x, above);
      case AP_RND_MIN_INF -> nearest(x, below);
      case AP_RND_ZERO -> nearest(x, towardZero);
      case AP_RND_INF -> nearest(x, awayFromZero);
      case AP_RND_CONV -> nearest(x, below.mod(BigInteger.TWO).signum() == 0 ? below : above);
    };
  }

  private static BigInteger nearest(BigFraction x, BigInteger ofTie) {
    int nearer = x.subtract(floor(x)).compareTo(new BigFraction(ceiling(x)).subtract(x));
    return nearer < 0 ? floor(x) : nearer > 0 ? ceiling(x) : ofTie;
  }

  static BigInteger clamp(BigInteger q, FixedFormat format) {
    return q.max(format.minRaw()).min(format.maxRaw());
  }

  static boolean overflows(BigInteger q, FixedFormat format) {
    return !clamp(q, format).equals(q);
  }

  static BigInteger floor(BigFraction x) {
    BigInteger[] parts = x.getNumerator().divideAndRemainder(x.getDenominator());
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static BigInteger ceiling(BigFraction x) {
    return floor(x.negate()).negate();
  }

  static BigFraction powerOfTwo(int exponent) {
    BigFraction power = new BigFraction(BigInteger.TWO.pow(Math.abs(exponent)));
    return exponent < 0 ? power.reciprocal() : power;
  }
}
