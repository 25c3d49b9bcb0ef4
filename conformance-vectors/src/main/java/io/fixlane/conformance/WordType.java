package io.fixlane.conformance;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the words of a line are: fixed-point words of one format, or doubles as their 64 bits.
 *
 * @param format the format, or null for {@code double}
 */
public record WordType(@Nullable FixedFormat format) {
  /** IEEE 754 binary64, each word being the 64 bits of {@link Double#doubleToRawLongBits}. */
  public static final WordType DOUBLE = new WordType(null);

  /**
   * Parses {@code double} or the C++ text of a format.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static WordType parse(String text) {
    return text.equals("double") ? DOUBLE : new WordType(FixedFormat.parse(text));
  }

  /** Returns whether the words are doubles. */
  public boolean isDouble() {
    return format == null;
  }

  /**
   * Returns the fixed-point format.
   *
   * @throws IllegalStateException if the words are doubles
   */
  public FixedFormat fixed() {
    if (format == null) {
      throw new IllegalStateException("the words are doubles: they have no fixed-point format");
    }
    return format;
  }

  /** Returns the number of bits of a word. */
  public int width() {
    return format == null ? Double.SIZE : format.width();
  }

  /**
   * Returns whether a word fits in a long, its 64 bits being read as unsigned where the format is.
   */
  public boolean fitsLong() {
    return width() <= Long.SIZE;
  }

  /** Returns whether {@code raw} is a word; that of a double is read as unsigned. */
  public boolean contains(BigInteger raw) {
    return format == null
        ? raw.signum() >= 0 && raw.bitLength() <= Double.SIZE
        : format.contains(raw);
  }

  boolean contains(long raw) {
    int unused = Long.SIZE - width();
    if (unused <= 0) {
      return true;
    }
    return raw == (fixed().signed() ? raw << unused >> unused : raw << unused >>> unused);
  }

  /** Returns the word as an integer; {@code low} is its low 64 bits. */
  BigInteger raw(long low) {
    BigInteger raw = BigInteger.valueOf(low);
    boolean unsigned64 = width() == Long.SIZE && (format == null || !format.signed());
    return unsigned64 && low < 0 ? raw.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : raw;
  }

  /**
   * Returns the text of a word in a vector file: a decimal integer, or {@code 0x} and 16 hex
   * digits.
   */
  public String wordText(BigInteger raw) {
    return format == null ? String.format(Locale.ROOT, "0x%016x", raw) : raw.toString();
  }

  /** Returns {@code double}, or the C++ text of the format. */
  @Override
  public String toString() {
    return format == null ? "double" : format.toString();
  }
}
