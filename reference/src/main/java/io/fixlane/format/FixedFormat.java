package io.fixlane.format;

import static io.fixlane.format.OverflowMode.AP_WRAP;
import static io.fixlane.format.OverflowMode.AP_WRAP_SM;
import static io.fixlane.format.QuantizationMode.AP_TRN;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The type of a fixed-point word: {@code ap_fixed<W,I,Q,O,N>} or {@code ap_ufixed<W,I,Q,O,N>} of
 * HLS C++.
 *
 * <p>A word is an integer of W bits, its <em>raw word</em>; it stands for raw x 2<sup>-F</sup>,
 * where F = W - I is the number of fraction bits. I may be negative or larger than W, so F may be
 * larger than W or negative. The quantization and overflow modes belong to the format: a cast obeys
 * those of its destination.
 *
 * {@snippet class="io.fixlane.format.FixedFormatExample" region="example"}
 *
 * @param signed whether the raw word is in two's complement ({@code ap_fixed}) or unsigned
 *     ({@code ap_ufixed})
 * @param width W, the number of bits of the raw word, 1 to {@value #MAX_WIDTH}
 * @param integerBits I, the number of bits above the binary point, the sign bit included
 * @param quantization Q, what a cast into this format does with the bits it drops
 * @param overflow O, what a cast into this format does with a value outside its range
 * @param saturationBits N, the number of top bits that saturate when the overflow mode wraps,
 *     0 to W
 * @see <a href="https://docs.amd.com/r/en-US/ug1399-vitis-hls/Overview-of-Arbitrary-Precision-Fixed-Point-Data-Types">
 *     UG1399, Arbitrary Precision Fixed-Point Data Types</a>
 */
public record FixedFormat(
    boolean signed,
    int width,
    int integerBits,
    QuantizationMode quantization,
    OverflowMode overflow,
    int saturationBits) {

  /** The largest width HLS allows. */
  public static final int MAX_WIDTH = 4096;

  /**
   * Makes a format, or refuses one that HLS refuses.
   *
   * @throws IllegalArgumentException if a parameter breaks a rule; the message names its value
   *     and the rule
   */
  public FixedFormat {
    if (width < 1 || width > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "W is " + width + ": the width must lie in 1.." + MAX_WIDTH);
    }
    if ((long) width - integerBits != width - integerBits) {
      throw new IllegalArgumentException(
          "I is " + integerBits + " with W " + width
              + ": the fraction bits W - I must fit in 32 bits");
    }
    if (saturationBits < 0 || saturationBits > width) {
      throw new IllegalArgumentException(
          "N is " + saturationBits + ": the number of saturated bits must lie in 0..W, and W is "
              + width);
    }
    if (saturationBits > 0 && !overflow.wraps()) {
      throw new IllegalArgumentException(
          "N is " + saturationBits + " with " + overflow
              + ": only AP_WRAP and AP_WRAP_SM take saturated bits");
    }
    if (overflow == AP_WRAP_SM && !signed) {
      throw new IllegalArgumentException(
          "O is AP_WRAP_SM in an ap_ufixed: sign-magnitude wrap needs a signed format");
    }
  }

  /** Returns {@code ap_fixed<width,integerBits>}: truncating and wrapping. */
  public static FixedFormat signed(int width, int integerBits) {
    return signed(width, integerBits, AP_TRN, AP_WRAP);
  }

  /** Returns {@code ap_fixed<width,integerBits,quantization,overflow>}. */
  public static FixedFormat signed(
      int width, int integerBits, QuantizationMode quantization, OverflowMode overflow) {
    return new FixedFormat(true, width, integerBits, quantization, overflow, 0);
  }

  /** Returns {@code ap_ufixed<width,integerBits>}: truncating and wrapping. */
  public static FixedFormat unsigned(int width, int integerBits) {
    return unsigned(width, integerBits, AP_TRN, AP_WRAP);
  }

  /** Returns {@code ap_ufixed<width,integerBits,quantization,overflow>}. */
  public static FixedFormat unsigned(
      int width, int integerBits, QuantizationMode quantization, OverflowMode overflow) {
    return new FixedFormat(false, width, integerBits, quantization, overflow, 0);
  }

  /**
   * Parses the C++ text of a format, such as {@code ap_fixed<8,3,AP_RND,AP_SAT>}. Trailing
   * arguments may be left out (their defaults are AP_TRN, AP_WRAP and 0), and blanks may stand
   * around every token.
   *
   * @throws IllegalArgumentException if the text is not a format, or names one that HLS refuses
   */
  public static FixedFormat parse(String text) {
    return FormatText.parse(text);
  }

  /**
   * Returns the C++ text of this format, with trailing default arguments left out; {@link #parse}
   * reads it back.
   */
  @Override
  public String toString() {
    return FormatText.print(this);
  }

  /** Returns this format with other modes and no saturated bits. */
  public FixedFormat withModes(QuantizationMode newQuantization, OverflowMode newOverflow) {
    return new FixedFormat(signed, width, integerBits, newQuantization, newOverflow, 0);
  }

  /** Returns F = W - I, the number of bits below the binary point; negative where I > W. */
  public int fractionBits() {
    return width - integerBits;
  }

  /**
   * Returns the smallest raw word: -2<sup>W-1</sup>, or 0 where unsigned. The overflow mode does
   * not narrow it.
   */
  public BigInteger minRaw() {
    return signed ? BigInteger.ONE.shiftLeft(width - 1).negate() : BigInteger.ZERO;
  }

  /** Returns the largest raw word: 2<sup>W-1</sup> - 1, or 2<sup>W</sup> - 1 where unsigned. */
  public BigInteger maxRaw() {
    return BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
  }

  /** Returns whether {@code raw} is a word of this format. */
  public boolean contains(BigInteger raw) {
    return raw.bitLength() <= (signed ? width - 1 : width) && (signed || raw.signum() >= 0);
  }

  /** Returns the word of this format that has the low W bits of {@code bits}. */
  public BigInteger wrap(BigInteger bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(width);
    BigInteger word = bits.mod(modulus);
    return signed && word.testBit(width - 1) ? word.subtract(modulus) : word;
  }

  /** Returns the smallest value, exactly, at the cost of {@link #value}. */
  public BigDecimal minValue() {
    return value(minRaw());
  }

  /** Returns the largest value, exactly, at the cost of {@link #value}. */
  public BigDecimal maxValue() {
    return value(maxRaw());
  }

  /**
   * Returns the distance of neighbouring values, 2<sup>-F</sup>, exactly, at the cost of
   * {@link #value}.
   */
  public BigDecimal step() {
    return value(BigInteger.ONE);
  }

  /**
   * Returns raw x 2<sup>-F</sup>, exactly; {@code raw} need not be a word of this format.
   *
   * <p>The number of digits grows with |F|, whatever W is: 5<sup>F</sup> is formed, or {@code raw}
   * shifted by -F bits. Up to some thousand bits that costs little. An F of ten million takes about
   * a second, one of a hundred million more than half a minute, and a larger one may not end in
   * useful time; a negative F costs memory, |F| / 8 bytes.
   *
   * @throws ArithmeticException if the decimal is beyond the range of a {@link BigInteger}
   */
  public BigDecimal value(BigInteger raw) {
    int fraction = fractionBits();
    return fraction >= 0
        ? new BigDecimal(raw.multiply(BigInteger.valueOf(5).pow(fraction)), fraction)
        : new BigDecimal(raw.shiftLeft(-fraction));
  }

  /**
   * Returns the format of an exact sum: I = max(I1 + (S2 and not S1), I2 + (S1 and not S2)) + 1,
   * F = max(F1, F2), signed where one operand is. Like every result format it has the default
   * modes.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat plus(FixedFormat other) {
    return sum(other, signed || other.signed, "sum");
  }

  /**
   * Returns the format of an exact difference: that of {@link #plus}, and always signed.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat minus(FixedFormat other) {
    return sum(other, true, "difference");
  }

  private FixedFormat sum(FixedFormat other, boolean resultSigned, String operation) {
    long integer =
        1 + Math.max((long) integerBits + toInt(other.signed && !signed),
            (long) other.integerBits + toInt(signed && !other.signed));
    long fraction = Math.max(fractionBits(), other.fractionBits());
    return result(resultSigned, integer + fraction, integer, operation, other);
  }

  /**
   * Returns the format of an exact product: W = W1 + W2, I = I1 + I2, signed where one operand is.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat times(FixedFormat other) {
    return result(
        signed || other.signed,
        (long) width + other.width,
        (long) integerBits + other.integerBits,
        "product",
        other);
  }

  /**
   * Returns the format of a quotient: W = S2 + W1 + max(F2, 0), I = S2 + I1 + F2, signed where one
   * operand is.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat dividedBy(FixedFormat divisor) {
    int sign = toInt(divisor.signed);
    return result(
        signed || divisor.signed,
        (long) sign + width + Math.max(divisor.fractionBits(), 0),
        (long) sign + integerBits + divisor.fractionBits(),
        "quotient",
        divisor);
  }

  /**
   * Returns the format of an exact negation: one bit wider above, and always signed.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat negate() {
    return result(true, width + 1L, integerBits + 1L, "negation", this);
  }

  private FixedFormat result(
      boolean resultSigned, long w, long i, String operation, FixedFormat other) {
    if (w > MAX_WIDTH || i != (int) i) {
      throw new IllegalArgumentException(
          "the " + operation + " of " + this + (other == this ? "" : " and " + other)
              + " needs W " + w + " and I " + i
              + ": the width must lie in 1.." + MAX_WIDTH + " and I must fit in 32 bits");
    }
    return new FixedFormat(resultSigned, (int) w, (int) i, AP_TRN, AP_WRAP, 0);
  }

  private static int toInt(boolean bit) {
    return bit ? 1 : 0;
  }
}
