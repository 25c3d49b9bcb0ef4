package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import java.util.function.BinaryOperator;

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
  /**
   * Makes a value of a raw word.
   *
   * @throws IllegalArgumentException if {@code raw} is not a word of {@code format}
   */
  public Fixed {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(raw, "raw");
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
  public static Fixed ofRaw(FixedFormat format, long raw) {
    return new Fixed(format, BigInteger.valueOf(raw));
  }

  /**
   * Returns the value of a raw word of any size.
   *
   * @throws IllegalArgumentException if {@code raw} is not a word of {@code format}
   */
  public static Fixed ofRaw(FixedFormat format, BigInteger raw) {
    return new Fixed(format, raw);
  }

  /**
   * Returns a double exactly, in the narrowest signed format that holds it; -0.0 gives 0.
   *
   * @throws IllegalArgumentException if {@code value} is infinite or NaN
   */
  public static Fixed of(double value) {
    return FloatingPoint.exact(value);
  }

  /**
   * Returns a decimal exactly, in the narrowest signed format that holds it.
   *
   * @throws IllegalArgumentException if no number of bits holds {@code value}, as one tenth, or it
   *     needs more than {@value FixedFormat#MAX_WIDTH}, or its scale lies beyond +-10,000
   */
  public static Fixed of(BigDecimal value) {
    return Decimal.exact(value);
  }

  /**
   * Returns the decimal that a text stands for, such as {@code -0.34375} or {@code 1e3}, as
   * {@link #of(BigDecimal)} does.
   *
   * @throws IllegalArgumentException if {@code text} is not a decimal, or one that
   *     {@link #of(BigDecimal)} refuses
   */
  public static Fixed of(String text) {
    return of(Decimal.parse(text));
  }

  /**
   * Casts a double, with one rounding. An infinity saturates under AP_SAT and AP_SAT_SYM and is 0
   * under AP_SAT_ZERO.
   *
   * @throws IllegalArgumentException if {@code value} is NaN, or infinite where the overflow mode
   *     wraps
   */
  public static Fixed from(FixedFormat format, double value) {
    return FloatingPoint.cast(value, Objects.requireNonNull(format, "format"));
  }

  /**
   * Casts a decimal, with one rounding: one tenth itself, not the double next to it, which a C++
   * literal would be.
   *
   * @throws IllegalArgumentException if the scale of {@code value} lies beyond +-10,000, or no
   *     number of bits holds it and {@link ReferenceCast#ofFraction} refuses {@code format}
   */
  public static Fixed from(FixedFormat format, BigDecimal value) {
    return Decimal.cast(value, Objects.requireNonNull(format, "format"));
  }

  /**
   * Casts the decimal that a text stands for, such as {@code 0.1} or {@code -1e-3}, as
   * {@link #from(FixedFormat, BigDecimal)} does.
   *
   * @throws IllegalArgumentException if {@code text} is not a decimal, or as
   *     {@link #from(FixedFormat, BigDecimal)}
   */
  public static Fixed from(FixedFormat format, String text) {
    return from(format, Decimal.parse(text));
  }

  /**
   * Casts into {@code target}: quantize, then overflow. A copy into the very same format is a plain
   * copy.
   */
  public Fixed cast(FixedFormat target) {
    return Objects.requireNonNull(target, "target").equals(format)
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
    FixedFormat result = format.plus(Objects.requireNonNull(other, "other").format);
    return new Fixed(result, alignedTo(result).add(other.alignedTo(result)));
  }

  /**
   * Returns the exact difference.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed minus(Fixed other) {
    FixedFormat result = format.minus(Objects.requireNonNull(other, "other").format);
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
    FixedFormat result = format.times(Objects.requireNonNull(other, "other").format);
    return new Fixed(result, raw.multiply(other.raw));
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
    if (Objects.requireNonNull(divisor, "divisor").raw.signum() == 0) {
      throw new ArithmeticException("division of " + this + " by zero");
    }
    return Quotient.of(this, divisor);
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
   * Returns the bitwise and of both words, each brought into the result's format first.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed and(Fixed other) {
    return bitwise(other, BigInteger::and);
  }

  /**
   * Returns the bitwise or of both words, as {@link #and}.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed or(Fixed other) {
    return bitwise(other, BigInteger::or);
  }

  /**
   * Returns the bitwise exclusive or of both words, as {@link #and}.
   *
   * @throws IllegalArgumentException if its format would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public Fixed xor(Fixed other) {
    return bitwise(other, BigInteger::xor);
  }

  private Fixed bitwise(Fixed other, BinaryOperator<BigInteger> operation) {
    FixedFormat result = format.bitwise(Objects.requireNonNull(other, "other").format);
    return new Fixed(result, operation.apply(alignedTo(result), other.alignedTo(result)));
  }

  /** Returns the word with every bit inverted, in the same W and I and the default modes. */
  public Fixed not() {
    FixedFormat result = format.withDefaultModes();
    return new Fixed(result, result.wrap(raw.not()));
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
    return Comparison.byValue(this, Objects.requireNonNull(other, "other"));
  }

  /**
   * Compares as the operators &lt;, &lt;=, &gt; and &gt;= of ap_fixed do, which differ from
   * {@link #compareTo} in two cases:
   *
   * <ul>
   * <li>One operand is signed, the other is not, and once their binary points are aligned the
   * unsigned one has 32 bits or more, and no fewer than the signed one. Then both are read as
   * unsigned, as C does, and a negative value is the greater one.
   * <li>{@code other} has fewer fraction bits and is the most negative word of an AP_SAT_SYM
   * format. Aligning is a cast, and makes it the next larger word.
   * </ul>
   *
   * <p>Aligned, this operand has one bit more than it needs where it has fewer fraction bits. The
   * operators == and != are {@link #equalsAsHls}, which need not agree with this order.
   *
   * @throws IllegalArgumentException if an aligned word would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public int compareAsHls(Fixed other) {
    return Comparison.asHls(this, Objects.requireNonNull(other, "other")).order();
  }

  /**
   * Returns what the operator == of ap_fixed gives: whether the values are equal once they are
   * aligned as {@link #compareAsHls} aligns them; but of one signed and one unsigned operand of
   * different widths, or of the same width of 64 bits or more, whether the words are equal modulo
   * 2<sup>max(32, W1, W2)</sup>.
   *
   * @throws IllegalArgumentException if an aligned word would be wider than
   *     {@value FixedFormat#MAX_WIDTH} bits
   */
  public boolean equalsAsHls(Fixed other) {
    return Comparison.asHls(this, Objects.requireNonNull(other, "other")).equal();
  }

  /**
   * Returns the smallest word of a format whose value is this one or more; where there is none, the
   * largest word and 1.
   */
  public BigInteger ceilingIn(FixedFormat other) {
    return Comparison.ceiling(this, Objects.requireNonNull(other, "other"));
  }

  /**
   * Returns the nearest double, ties to even; an infinity where the value lies beyond the largest.
   */
  public double toDouble() {
    return FloatingPoint.nearest(this, Double.PRECISION, Double.MIN_EXPONENT);
  }

  /**
   * Returns the nearest float, ties to even; an infinity where the value lies beyond the largest.
   */
  public float toFloat() {
    return (float) FloatingPoint.nearest(this, Float.PRECISION, Float.MIN_EXPONENT);
  }

  /**
   * Returns what {@code to_int()} and a conversion to {@code int} give: the value truncated toward
   * zero, of which the low 32 bits are kept. One rule of the header is odd: with I = 0 a negative
   * value gives -1. With I &lt; 0 the header reads a word that it never wrote; here it is 0.
   */
  public int toInt() {
    return IntegerPart.of(this).intValue();
  }

  /** Returns what {@code to_int64()} gives: as {@link #toInt}, with 64 bits kept. */
  public long toLong() {
    return IntegerPart.of(this).longValue();
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
    return FixedText.bits(this);
  }

  /**
   * Returns value, format, raw word and bits: {@code 0.34375 (ap_fixed<8,3> raw 11, 000.01011)}.
   * Where |F| exceeds {@value FixedFormat#MAX_WIDTH}, the value is left as {@code 11 x 2^-5000}.
   */
  @Override
  public String toString() {
    return FixedText.value(this) + " (" + format + " raw " + raw + ", " + toBits() + ")";
  }
}
