package io.fixlane.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

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
 *     0 to W; where it saturates, N belongs to the type, as in C++, and does nothing
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
    Objects.requireNonNull(quantization, "quantization");
    Objects.requireNonNull(overflow, "overflow");
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
    if (!signed && !overflow.servesUnsigned()) {
      throw new IllegalArgumentException("O is " + overflow
          + " in an ap_ufixed: sign-magnitude wrap needs a signed format");
    }
  }

  /** Returns {@code ap_fixed<width,integerBits>}: truncating and wrapping. */
  public static FixedFormat signed(int width, int integerBits) {
    return signed(width, integerBits, QuantizationMode.DEFAULT, OverflowMode.DEFAULT);
  }

  /** Returns {@code ap_fixed<width,integerBits,quantization,overflow>}. */
  public static FixedFormat signed(
      int width, int integerBits, QuantizationMode quantization, OverflowMode overflow) {
    return new FixedFormat(true, width, integerBits, quantization, overflow, 0);
  }

  /** Returns {@code ap_int<width>}, the signed integers of so many bits. */
  public static FixedFormat integers(int width) {
    return signed(width, width);
  }

  /** Returns {@code ap_ufixed<width,integerBits>}: truncating and wrapping. */
  public static FixedFormat unsigned(int width, int integerBits) {
    return unsigned(width, integerBits, QuantizationMode.DEFAULT, OverflowMode.DEFAULT);
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
   * <p>Other spellings of these types are read too: modes as the header's numbers or as compilers
   * print them ({@code (ap_q_mode)5}) or with SC_ in front, {@code ap_int<W>} and
   * {@code ap_uint<W>}; hls4ml's {@code fixed}, {@code ufixed}, {@code int} and {@code uint}, whose
   * modes are named RND or AP_RND; and {@code ac_fixed<W,I,S,Q,O>} and {@code ac_int<W,S>} of
   * hlslibs, whose AC_ modes round and overflow alike, but for AC_RND_CONV_ODD, which is refused.
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

  /** Returns this format with other modes and N = 0. */
  public FixedFormat withModes(QuantizationMode newQuantization, OverflowMode newOverflow) {
    return new FixedFormat(signed, width, integerBits, newQuantization, newOverflow, 0);
  }

  /** Returns this format with the modes of a type that names none, and N = 0. */
  public FixedFormat withDefaultModes() {
    return withModes(QuantizationMode.DEFAULT, OverflowMode.DEFAULT);
  }

  /**
   * Returns this format with its binary point at another place.
   *
   * @throws IllegalArgumentException if W - I does not fit in 32 bits
   */
  public FixedFormat withIntegerBits(int newIntegerBits) {
    return withBits(width, newIntegerBits);
  }

  /**
   * Returns this format with another W and I.
   *
   * @throws IllegalArgumentException if HLS has no such type
   */
  public FixedFormat withBits(int newWidth, int newIntegerBits) {
    return new FixedFormat(
        signed, newWidth, newIntegerBits, quantization, overflow, saturationBits);
  }

  /** Returns F = W - I, the number of bits below the binary point; negative where I > W. */
  public int fractionBits() {
    return width - integerBits;
  }

  /**
   * Returns the smallest raw word: -2<sup>W-1</sup>, or 0 where unsigned. The overflow mode does
   * not narrow it, as it does {@link #minKeptRaw}.
   */
  public BigInteger minRaw() {
    return signed ? BigInteger.ONE.shiftLeft(width - 1).negate() : BigInteger.ZERO;
  }

  /** Returns the largest raw word: 2<sup>W-1</sup> - 1, or 2<sup>W</sup> - 1 where unsigned. */
  public BigInteger maxRaw() {
    return BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
  }

  /**
   * Returns the smallest word that a cast keeps, and the one that AP_SAT and AP_SAT_SYM saturate to
   * below it: {@link #minRaw}, or -2<sup>W-1</sup> + 1 in a signed AP_SAT_SYM format. With one bit
   * that format has no word but -1 below 0, and keeps it: the header sets the lowest bit of the
   * smallest word.
   */
  public BigInteger minKeptRaw() {
    return switch (overflow) {
      case AP_SAT, AP_SAT_ZERO, AP_WRAP, AP_WRAP_SM -> minRaw();
      case AP_SAT_SYM -> signed ? minRaw().setBit(0) : minRaw();
    };
  }

  /** Returns the largest word that a cast keeps: {@link #maxRaw}, in every mode of C++. */
  public BigInteger maxKeptRaw() {
    return switch (overflow) {
      case AP_SAT, AP_SAT_ZERO, AP_SAT_SYM, AP_WRAP, AP_WRAP_SM -> maxRaw();
    };
  }

  /** Returns whether a cast keeps {@code raw}: it lies in {@link #minKeptRaw}..maxKeptRaw. */
  public boolean keeps(BigInteger raw) {
    return contains(raw)
        && (raw.signum() < 0 ? raw.compareTo(minKeptRaw()) >= 0 : raw.compareTo(maxKeptRaw()) <= 0);
  }

  /**
   * Returns whether a cast keeps the low W bits of the quantized word alone, whatever stands above
   * them: it is arithmetic modulo 2<sup>W</sup>, and need not be done before the last step.
   */
  public boolean isModular() {
    return switch (overflow) {
      case AP_WRAP -> saturationBits == 0;
      case AP_SAT, AP_SAT_ZERO, AP_SAT_SYM, AP_WRAP_SM -> false;
    };
  }

  /** Returns whether a cast makes 0 of every negative number, as relu does. */
  public boolean rectifies() {
    return !signed && switch (overflow) {
      case AP_SAT, AP_SAT_ZERO, AP_SAT_SYM -> true;
      case AP_WRAP, AP_WRAP_SM -> false;
    };
  }

  /** Returns whether {@code raw} is a word of this format. */
  public boolean contains(BigInteger raw) {
    Objects.requireNonNull(raw, "raw");
    return raw.bitLength() <= (signed ? width - 1 : width) && (signed || raw.signum() >= 0);
  }

  /** Returns the word of this format that has the low W bits of {@code bits}. */
  public BigInteger wrap(BigInteger bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(width);
    BigInteger word = Objects.requireNonNull(bits, "bits").mod(modulus);
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
    Objects.requireNonNull(raw, "raw");
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
    return ResultFormat.sum(this, other);
  }

  /**
   * Returns the format of an exact difference: that of {@link #plus}, and always signed.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat minus(FixedFormat other) {
    return ResultFormat.difference(this, other);
  }

  /**
   * Returns the format of an exact product: W = W1 + W2, I = I1 + I2, signed where one operand is.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat times(FixedFormat other) {
    return ResultFormat.product(this, other);
  }

  /**
   * Returns the format of a quotient: W = S2 + W1 + max(F2, 0), I = S2 + I1 + F2, signed where one
   * operand is.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat dividedBy(FixedFormat divisor) {
    return ResultFormat.quotient(this, divisor);
  }

  /**
   * Returns the format of an exact negation: one bit wider above, and always signed.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat negate() {
    return ResultFormat.negation(this);
  }

  /**
   * Returns the format of a bitwise and, or, or exclusive or: that of {@link #plus}, without the
   * bit for the carry.
   *
   * @throws IllegalArgumentException if the result would be wider than {@value #MAX_WIDTH} bits
   */
  public FixedFormat bitwise(FixedFormat other) {
    return ResultFormat.bitwise(this, other);
  }
}
