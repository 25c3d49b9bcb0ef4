package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.QuantizationMode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fixed-point value: a format and a raw word, standing for raw x 2<sup>-F</sup>.
 *
 * <p>Operators give the exact result in the format C++ gives it; only {@link #cast} rounds or
 * overflows.
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="fixed"}
 *
 * @param format the format
 * @param raw the raw word, in the range of the format
 */
public record Fixed(FixedFormat format, BigInteger raw) implements Comparable<Fixed> {
  // A double's exponents end at -1074 and 1023; a word reaches MAX_WIDTH bits above its lowest one.
  private static final int FAR = 2 * FixedFormat.MAX_WIDTH;

  // Decimals are shown up to so many fraction bits of either sign: their digits grow with them.
  private static final int MAX_SHOWN_FRACTION = FixedFormat.MAX_WIDTH;

  /**
   * Makes a value of a raw word.
   *
   * @throws IllegalArgumentException if {@code raw} is not a word of {@code format}
   */
  public Fixed {
    if (!format.contains(raw)) {
      throw new IllegalArgumentException(
          "raw word " + raw + " is out of range for " + format + ": it must lie in "
              + format.minRaw() + ".." + format.maxRaw());
    }
  }

  /**
   * Returns the value of a raw word.
   *
   * @throws IllegalArgumentException if {@code raw} is not a word of {@code format}
   */
  public static Fixed ofRaw(long raw, FixedFormat format) {
    return new Fixed(format, BigInteger.valueOf(raw));
  }

  /**
   * Returns a double exactly, in the narrowest signed format that holds it; -0.0 gives 0.
   *
   * @throws IllegalArgumentException if {@code value} is infinite or NaN
   */
  public static Fixed of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "value is " + value + ": only a finite double has an exact fixed-point value");
    }
    if (value == 0) {
      return ofRaw(0, FixedFormat.signed(1, 1));
    }
    int ulpExponent =
        Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - (Double.PRECISION - 1);
    // The significand is an integer below 2^53, scaled exactly even where the double is subnormal.
    BigInteger significand = new BigDecimal(Math.scalb(value, -ulpExponent)).toBigIntegerExact();
    int zeros = significand.getLowestSetBit();
    BigInteger raw = significand.shiftRight(zeros);
    int width = raw.bitLength() + 1;
    return new Fixed(FixedFormat.signed(width, width + ulpExponent + zeros), raw);
  }

  /**
   * Casts a double, with one rounding. An infinity saturates under AP_SAT and AP_SAT_SYM and is 0
   * under AP_SAT_ZERO.
   *
   * @throws IllegalArgumentException if {@code value} is NaN, or infinite where the overflow mode
   *     wraps
   */
  public static Fixed from(double value, FixedFormat format) {
    if (Double.isFinite(value)) {
      return of(value).cast(format);
    }
    if (Double.isNaN(value) || format.overflow().wraps()) {
      throw new IllegalArgumentException("value is " + value + ": it has no meaning in " + format);
    }
    // Any value beyond the range stands for infinity.
    BigInteger beyond = BigInteger.ONE.shiftLeft(format.width() + 1);
    return ReferenceCast.of(value > 0 ? beyond : beyond.negate(), format.fractionBits(), format)
        .result();
  }

  /**
   * Casts into {@code target}: quantize, then overflow. A copy into the very same format is a plain
   * copy.
   */
  public Fixed cast(FixedFormat target) {
    return target.equals(format)
        ? this
        : ReferenceCast.of(raw, format.fractionBits(), target).result();
  }

  /**
   * Returns the exact sum.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed plus(Fixed other) {
    FixedFormat result = format.plus(other.format);
    return new Fixed(result, alignedTo(result).add(other.alignedTo(result)));
  }

  /**
   * Returns the exact difference.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed minus(Fixed other) {
    FixedFormat result = format.minus(other.format);
    return new Fixed(result, alignedTo(result).subtract(other.alignedTo(result)));
  }

  private BigInteger alignedTo(FixedFormat wider) {
    return raw.shiftLeft(wider.fractionBits() - format.fractionBits());
  }

  /**
   * Returns the exact product.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed times(Fixed other) {
    return new Fixed(format.times(other.format), raw.multiply(other.raw));
  }

  /**
   * Returns the quotient truncated toward zero: (raw1 x 2<sup>max(F2,0)</sup>) / raw2. It is formed
   * in max(W1 + max(F2,0) + (S2 and not S1), W2 + (S1 and not S2)) bits and wraps there: the most
   * negative dividend over raw -1 gives itself.
   *
   * @throws ArithmeticException if {@code divisor} is 0
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed dividedBy(Fixed divisor) {
    if (divisor.raw.signum() == 0) {
      throw new ArithmeticException("division of " + this + " by zero");
    }
    FixedFormat result = format.dividedBy(divisor.format);
    int shift = Math.max(divisor.format.fractionBits(), 0);
    int dividendWidth =
        format.width() + shift + (divisor.format.signed() && !format.signed() ? 1 : 0);
    int divisorWidth =
        divisor.format.width() + (format.signed() && !divisor.format.signed() ? 1 : 0);
    int width = Math.max(dividendWidth, divisorWidth);
    BigInteger quotient = raw.shiftLeft(shift).divide(divisor.raw);
    boolean signed = result.signed();
    // The most negative quotient is the only one that reaches 2^(width-1).
    BigInteger wrapped = signed && quotient.bitLength() >= width ? quotient.negate() : quotient;
    return new Fixed(result, result.wrap(wrapped));
  }

  /**
   * Returns the exact negation, in a signed format one bit wider.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed negate() {
    return new Fixed(format.negate(), raw.negate());
  }

  /**
   * Returns the raw word shifted left within its W bits: no saturation. A negative {@code bits}
   * shifts right.
   */
  public Fixed shiftLeft(int bits) {
    if (bits < 0) {
      return bits == Integer.MIN_VALUE ? shiftRight(Integer.MAX_VALUE) : shiftRight(-bits);
    }
    return new Fixed(format, format.wrap(raw.shiftLeft(Math.min(bits, format.width()))));
  }

  /**
   * Returns the raw word shifted right, its low bits dropped: no rounding. A negative {@code bits}
   * shifts left.
   */
  public Fixed shiftRight(int bits) {
    return bits < 0
        ? shiftLeft(bits == Integer.MIN_VALUE ? Integer.MAX_VALUE : -bits)
        : new Fixed(format, raw.shiftRight(bits));
  }

  /**
   * Compares by value, whatever the formats: values that compare as equal need not be
   * {@link #equals}.
   */
  @Override
  public int compareTo(Fixed other) {
    int signs = Integer.compare(raw.signum(), other.raw.signum());
    if (signs != 0 || raw.signum() == 0) {
      return signs;
    }
    int magnitudes = Long.compare(topBit(), other.topBit());
    if (magnitudes != 0) {
      return raw.signum() * magnitudes;
    }
    // The highest bits stand at the same place, so the shift is less than a word.
    int shift = (int) ((long) format.fractionBits() - other.format.fractionBits());
    return raw.shiftLeft(Math.max(-shift, 0)).compareTo(other.raw.shiftLeft(Math.max(shift, 0)));
  }

  private long topBit() {
    return raw.abs().bitLength() - (long) format.fractionBits();
  }

  /**
   * Returns the nearest double, ties to even; an infinity where the value lies beyond the largest.
   */
  public double toDouble() {
    return nearest(Double.PRECISION, Double.MIN_EXPONENT);
  }

  /**
   * Returns the nearest float, ties to even; an infinity where the value lies beyond the largest.
   */
  public float toFloat() {
    return (float) nearest(Float.PRECISION, Float.MIN_EXPONENT);
  }

  private double nearest(int precision, int minExponent) {
    if (raw.signum() == 0 || topBit() > FAR) {
      return raw.signum() == 0 ? 0 : raw.signum() * Double.POSITIVE_INFINITY;
    }
    int top = (int) Math.max(topBit(), -FAR);
    int ulpExponent = Math.max(top, minExponent + 1) - precision;
    int dropped = (int) Math.min((long) ulpExponent + format.fractionBits(), Integer.MAX_VALUE);
    BigInteger rounded = dropped <= 0
        ? raw.abs().shiftLeft(-dropped)
        : Quantization.of(raw.abs(), dropped, QuantizationMode.AP_RND_CONV).result();
    return raw.signum() * Math.scalb(rounded.doubleValue(), ulpExponent);
  }

  /**
   * Returns the value, exactly; the time and memory it takes grow with |F|, as
   * {@link FixedFormat#value} says.
   *
   * @throws ArithmeticException if the decimal is beyond the range of a {@link BigInteger}
   */
  public BigDecimal toBigDecimal() {
    return format.value(raw);
  }

  /**
   * Returns the W bits of the raw word, with a binary point where it lies among them:
   * {@code 000.01011}.
   */
  public String toBits() {
    int width = format.width();
    String digits = raw.mod(BigInteger.ONE.shiftLeft(width)).toString(2);
    String bits = "0".repeat(width - digits.length()) + digits;
    int integerBits = format.integerBits();
    return integerBits > 0 && integerBits < width
        ? bits.substring(0, integerBits) + "." + bits.substring(integerBits)
        : bits;
  }

  /**
   * Returns value, format, raw word and bits: {@code 0.34375 (ap_fixed<8,3> raw 11, 000.01011)}.
   * Where |F| exceeds {@value FixedFormat#MAX_WIDTH}, the value is left as {@code 11 x 2^-5000}.
   */
  @Override
  public String toString() {
    return valueText() + " (" + format + " raw " + raw + ", " + toBits() + ")";
  }

  private String valueText() {
    long exponent = -(long) format.fractionBits();
    return Math.abs(exponent) <= MAX_SHOWN_FRACTION
        ? toBigDecimal().stripTrailingZeros().toPlainString()
        : raw + " x 2^" + exponent;
  }
}
