package io.fixlane.conformance;

import io.fixlane.conformance.bytes.Excerpt;
import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of a dump: each is the text of one word.
 *
 * {@snippet class="io.fixlane.conformance.DumpExample" region="numbers"}
 *
 * @param format the format of the words
 * @param notation what the numbers stand for
 * @param digits how many significant digits rounded decimals have at least, those that were left
 *     out being zeros: what {@code std::setprecision} sets, and {@value #STREAM_DIGITS} without it
 */
public record DumpNumbers(FixedFormat format, DumpNotation notation, int digits) {
  /** The significant digits that a C++ stream prints. */
  public static final int STREAM_DIGITS = 6;

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?=\\.?[0-9])[0-9]*\\.?[0-9]*(?:[eE]([+-]?[0-9]+))?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern HEX = Pattern.compile("(?:0[xX])?([0-9a-fA-F]+)");
  private static final Pattern PREFIXED = Pattern.compile(
      "([+-]?)0([xXbBoO])(?=\\.?[0-9a-fA-F])([0-9a-fA-F]*)(\\.?)([0-9a-fA-F]*)"
          + "(?:[pP]([+-]?[0-9]{1,4}))?");

  /**
   * Makes the numbers of a dump.
   *
   * @throws IllegalArgumentException if {@code digits} is not positive
   */
  public DumpNumbers {
    Signature.requirePositive("digits", digits);
  }

  /** Returns numbers that were printed with at least {@value #STREAM_DIGITS} digits. */
  public static DumpNumbers of(FixedFormat format, DumpNotation notation) {
    return new DumpNumbers(format, notation, STREAM_DIGITS);
  }

  /**
   * Returns the raw word that a number stands for.
   *
   * @throws IllegalArgumentException if the text is no number in this notation, or one that stands
   *     for no word of the format, or for more than one
   */
  public BigInteger word(String text) {
    Matcher prefixed = PREFIXED.matcher(text);
    if (notation == DumpNotation.HEX) {
      Matcher hex = HEX.matcher(text);
      require(hex.matches(), text, "hex digits, such as f5 or 0xf5");
      return bits(text, new BigInteger(hex.group(1), 16));
    }
    if (prefixed.matches()) {
      return prefixed(text, prefixed);
    }
    if (notation == DumpNotation.WORDS) {
      require(INTEGER.matcher(text).matches(), text, "an integer, such as -11, 0xf5 or 0b11110101");
      return inRange(text, new BigInteger(text));
    }
    Matcher decimal = DECIMAL.matcher(text);
    require(decimal.matches(), text, "a number, such as 0.34375 or -4e-05");
    return DumpDecimal.of(text, decimal.group(1), format).word(notation, digits);
  }

  private void require(boolean matches, String text, String expected) {
    if (!matches) {
      throw new IllegalArgumentException(
          "'" + Excerpt.of(text) + "' is no number: expected " + expected);
    }
  }

  /** Returns the word of a number behind 0x, 0b or 0o. */
  private BigInteger prefixed(String text, Matcher number) {
    int digitBits = switch (number.group(2).toLowerCase(Locale.ROOT)) {
      case "x" -> 4;
      case "o" -> 3;
      default -> 1;
    };
    BigInteger magnitude;
    try {
      magnitude = new BigInteger(number.group(3) + number.group(5), 1 << digitBits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is no number: it has a digit"
          + " that radix " + (1 << digitBits) + " does not know", e);
    }
    boolean integer = number.group(4).isEmpty() && number.group(6) == null;
    boolean negative = number.group(1).equals("-");
    if (notation == DumpNotation.TO_STRING) {
      int exponent = number.group(6) == null ? 0 : Integer.parseInt(number.group(6));
      return value(text, negative, magnitude, exponent - digitBits * number.group(5).length(),
          digitBits == 1);
    }
    if (notation == DumpNotation.WORDS && integer && !number.group(1).isEmpty()) {
      return inRange(text, negative ? magnitude.negate() : magnitude);
    }
    if (!integer || !number.group(1).isEmpty()) {
      throw new IllegalArgumentException("'" + Excerpt.of(text)
          + "' is not the bits of a word: the notation to_string reads what to_string writes"
          + (integer ? ", and words reads raw words with a sign" : ""));
    }
    return bits(text, magnitude);
  }

  /** Returns the word whose value is magnitude x 2^exponent, in two's complement if need be. */
  private BigInteger value(
      String text, boolean negative, BigInteger magnitude, int exponent, boolean binary) {
    if (binary && format.integerBits() > format.width()) {
      throw new IllegalArgumentException(
          "'" + Excerpt.of(text) + "' has lost bits: to_string(2) of "
              + format + " drops some, as I is larger than W; other radices keep them");
    }
    DumpDecimal.requireNear(format);
    int shift = format.fractionBits() + exponent;
    if (magnitude.signum() != 0 && shift < -magnitude.getLowestSetBit()) {
      throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is no value of " + format
          + ": it has more than " + format.fractionBits() + " fraction bits");
    }
    BigInteger raw = magnitude.shiftLeft(shift);
    // Without a sign, I + 1 bits stand before the point: a negative word has a one above its own.
    boolean plain = negative || raw.bitLength() <= format.width() && format.integerBits() > 0;
    return plain ? inRange(text, negative ? raw.negate() : raw) : bits(text, raw);
  }

  /** Returns the word that has these low bits, all further ones being copies of the sign. */
  private BigInteger bits(String text, BigInteger bits) {
    BigInteger word = format.wrap(bits);
    // The bits that a longer two's complement has above: as many ones as make it end with one.
    BigInteger extended = word.signum() < 0
        ? word.add(BigInteger.ONE.shiftLeft(Math.max(bits.bitLength(), format.width())))
        : word;
    if (!extended.equals(bits)) {
      throw new IllegalArgumentException("'" + Excerpt.of(text) + "' has " + bits.bitLength()
          + " bits: " + format + " has " + format.width());
    }
    return word;
  }

  private BigInteger inRange(String text, BigInteger raw) {
    if (!format.contains(raw)) {
      throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is out of range for " + format
          + (format.width() > Long.SIZE
              ? ""
              : ": raw words lie in " + format.minRaw() + ".." + format.maxRaw()));
    }
    return raw;
  }
}
