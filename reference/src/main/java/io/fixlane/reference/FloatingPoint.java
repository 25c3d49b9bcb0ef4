package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** From floating point and back. */
final class FloatingPoint {
  // A double's exponents end at -1074 and 1023; a word reaches MAX_WIDTH bits above its lowest one.
  private static final int FAR = 2 * FixedFormat.MAX_WIDTH;

  private FloatingPoint() {}

  static Fixed exact(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "value is " + value + ": only a finite double has an exact fixed-point value");
    }
    int ulpExponent =
        Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - (Double.PRECISION - 1);
    // The significand is an integer below 2^53, scaled exactly even where the double is subnormal.
    BigInteger significand = new BigDecimal(Math.scalb(value, -ulpExponent)).toBigIntegerExact();
    return narrowest(significand, ulpExponent);
  }

  /** Returns v x 2<sup>exponent</sup> in the narrowest signed format that holds it. */
  static Fixed narrowest(BigInteger v, int exponent) {
    if (v.signum() == 0) {
      return Fixed.ofRaw(FixedFormat.integers(1), 0);
    }
    int zeros = v.getLowestSetBit();
    BigInteger raw = v.shiftRight(zeros);
    int width = raw.bitLength() + 1;
    return new Fixed(FixedFormat.signed(width, width + exponent + zeros), raw);
  }

  static Fixed cast(double value, FixedFormat format) {
    if (Double.isFinite(value)) {
      return exact(value).cast(format);
    }
    if (Double.isNaN(value) || format.overflow().wraps()) {
      throw new IllegalArgumentException("value is " + value + ": it has no meaning in " + format);
    }
    // Any value beyond the range stands for infinity.
    BigInteger beyond = BigInteger.ONE.shiftLeft(format.width() + 1);
    return ReferenceCast.of(value > 0 ? beyond : beyond.negate(), format.fractionBits(), format)
        .result();
  }

  /** Returns the nearest number of a type with so many significant bits, ties to even. */
  static double nearest(Fixed x, int precision, int minExponent) {
    BigInteger raw = x.raw();
    long topBit = Comparison.topBit(x);
    if (raw.signum() == 0 || topBit > FAR) {
      return raw.signum() == 0 ? 0 : raw.signum() * Double.POSITIVE_INFINITY;
    }
    int top = (int) Math.max(topBit, -FAR);
    int ulpExponent = Math.max(top, minExponent + 1) - precision;
    int dropped = (int) Math.min((long) ulpExponent + x.format().fractionBits(), Integer.MAX_VALUE);
    BigInteger rounded = dropped <= 0
        ? raw.abs().shiftLeft(-dropped)
        : Quantization.of(raw.abs(), dropped, QuantizationMode.AP_RND_CONV).result();
    return raw.signum() * Math.scalb(rounded.doubleValue(), ulpExponent);
  }
}
