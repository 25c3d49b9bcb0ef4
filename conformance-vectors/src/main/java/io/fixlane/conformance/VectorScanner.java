package io.fixlane.conformance;

import io.fixlane.conformance.bytes.Excerpt;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The fields and numbers of a vector file. It holds one of them at a time. */
final class VectorScanner {
  private static final int DOUBLE_DIGITS = 16;
  /** So many decimal digits always fit in a long. */
  private static final int LONG_DIGITS = 18;
  /** The digits of 2^4096, and some zeros in front. */
  private static final int MAX_DIGITS = 1300;

  private final ByteScanner in;
  private final byte[] digits = new byte[MAX_DIGITS];

  VectorScanner(ByteScanner in) {
    this.in = in;
  }

  /** Passes {@code expected}, or the end of the file in place of a line feed. */
  void pass(char expected, String where) throws VectorFileException {
    int b = in.peek();
    if (b == ByteScanner.END && expected == '\n') {
      return;
    }
    if (b != expected) {
      throw in.error(in.column(), "expected " + ByteScanner.describe(expected) + where
          + ", but found " + ByteScanner.describe(b));
    }
    in.skip();
  }

  /**
   * Returns a field: the bytes before the next TAB, line feed or end, as chars of the same code,
   * without spaces at their end.
   */
  String field(String what, int maxLength) throws VectorFileException {
    long start = in.column();
    StringBuilder field = new StringBuilder();
    for (int b = in.peek(); b != '\t' && b != '\n' && b != ByteScanner.END; b = in.peek()) {
      if (b == '\r') {
        throw in.error(in.column(), ByteScanner.describe(b));
      }
      if (field.length() == maxLength) {
        throw in.error(start,
            what + " '" + Excerpt.of(field.toString()) + "' goes on for more than "
                + maxLength + " bytes");
      }
      field.append((char) b);
      in.skip();
    }
    return field.toString().stripTrailing();
  }

  /** Adds the word that stands here. */
  void word(WordsBuilder words) throws VectorFileException {
    if (words.type().isDouble()) {
      words.add(doubleBits());
    } else {
      integer(words.type(), words);
    }
  }

  private long doubleBits() throws VectorFileException {
    if (atEndOfWord(in.peek())) {
      throw missing("a double");
    }
    long start = in.column();
    boolean prefixed = passIf('0') && passIf('x');
    long bits = 0;
    int count = 0;
    for (; prefixed && count <= DOUBLE_DIGITS && Character.digit(in.peek(), 16) >= 0; count++) {
      bits = bits << 4 | Character.digit(in.peek(), 16);
      in.skip();
    }
    if (count != DOUBLE_DIGITS) {
      throw in.error(start, "not a double: expected its 64 bits as 0x and 16 hex digits");
    }
    return bits;
  }

  private void integer(WordType type, WordsBuilder words) throws VectorFileException {
    long start = in.column();
    boolean negative = passIf('-');
    int count = 0;
    long magnitude = 0;
    for (int b = in.peek(); b >= '0' && b <= '9'; b = in.peek()) {
      if (count == MAX_DIGITS) {
        throw in.error(start,
            "a number of more than " + MAX_DIGITS + " digits: out of range for " + type);
      }
      digits[count++] = (byte) b;
      magnitude = magnitude * 10 + (b - '0');
      in.skip();
    }
    if (count == 0) {
      throw atEndOfWord(in.peek()) && !negative
          ? missing("a decimal integer")
          : in.error(in.column(),
              "expected a decimal integer, but found " + ByteScanner.describe(in.peek()));
    }
    if (count <= LONG_DIGITS && type.fitsLong()) {
      long raw = negative ? -magnitude : magnitude;
      // A negative word of 64 unsigned bits would pass for a large one.
      if (!type.contains(raw) || negative && raw != 0 && !type.fixed().signed()) {
        throw outOfRange(type, start, BigInteger.valueOf(raw));
      }
      words.add(raw);
      return;
    }
    BigInteger value = new BigInteger(new String(digits, 0, count, StandardCharsets.US_ASCII));
    BigInteger raw = negative ? value.negate() : value;
    if (!type.contains(raw)) {
      throw outOfRange(type, start, raw);
    }
    words.add(raw);
  }

  private boolean passIf(char expected) throws VectorFileException {
    boolean found = in.peek() == expected;
    if (found) {
      in.skip();
    }
    return found;
  }

  private static boolean atEndOfWord(int b) {
    return b == ' ' || b == '\t' || b == '\n' || b == ByteScanner.END;
  }

  private VectorFileException missing(String what) throws VectorFileException {
    return in.error(in.column(),
        "expected " + what + ", but found " + ByteScanner.describe(in.peek()));
  }

  private VectorFileException outOfRange(WordType type, long start, BigInteger raw) {
    String range = type.width() > Long.SIZE
        ? ""
        : ": it must lie in " + type.fixed().minRaw() + ".." + type.fixed().maxRaw();
    return in.error(start,
        "raw word " + Excerpt.of(raw.toString()) + " is out of range for " + type + range);
  }
}
