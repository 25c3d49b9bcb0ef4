package io.fixlane.conformance;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/**
 * The bytes of a vector file as fields and numbers, with the place of each. It holds one buffer and
 * one field at a time.
 */
final class VectorScanner implements Closeable {
  static final int END = -1;

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;
  /** No line begins with this byte, so the two that follow it in a mark need not be seen. */
  private static final int BOM_FIRST = 0xef;
  private static final int DOUBLE_DIGITS = 16;
  /** So many decimal digits always fit in a long. */
  private static final int LONG_DIGITS = 18;
  /** The digits of 2^4096, and some zeros in front. */
  private static final int MAX_DIGITS = 1300;

  private final String file;
  private final CountingInput counter;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int limit;
  private long line = 1;
  private long column = 1;
  private final byte[] digits = new byte[MAX_DIGITS];

  VectorScanner(VectorSource source) throws VectorFileException {
    file = source.name();
    InputStream opened;
    try {
      opened = source.opener().open();
    } catch (IOException e) {
      throw new VectorFileException(file, "cannot be opened: " + e.getMessage(), e);
    }
    counter = new CountingInput(opened);
    try {
      in = counter.startsWith(GZIP_MAGIC_1, GZIP_MAGIC_2) ? new StrictGzipInput(counter) : counter;
      refuseByteOrderMark();
    } catch (IOException e) {
      closeAfter(e);
      throw unreadable(e);
    }
  }

  private void refuseByteOrderMark() throws VectorFileException {
    if (peek() == BOM_FIRST) {
      throw error(1, "the file begins with a UTF-8 byte order mark: save it without one");
    }
  }

  private void closeAfter(IOException e) {
    try {
      counter.close();
    } catch (IOException closing) {
      e.addSuppressed(closing);
    }
  }

  long line() {
    return line;
  }

  long column() {
    return column;
  }

  /** Returns how many bytes of the file have been read, before they are decompressed. */
  long bytesRead() {
    return counter.count();
  }

  /** Returns the next byte and leaves it there, or {@link #END}. */
  int peek() throws VectorFileException {
    if (next == limit) {
      try {
        limit = Math.max(in.read(buffer), 0);
      } catch (IOException e) {
        limit = 0;
        throw unreadable(e);
      } finally {
        next = 0;
      }
      if (limit == 0) {
        return END;
      }
    }
    return buffer[next] & 0xff;
  }

  private void skip() {
    if (buffer[next++] == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
  }

  /** Passes {@code expected}, or the end of the file in place of a line feed. */
  void pass(char expected, String where) throws VectorFileException {
    int b = peek();
    if (b == END && expected == '\n') {
      return;
    }
    if (b != expected) {
      throw error(column, "expected " + describe(expected) + where + ", but found " + describe(b));
    }
    skip();
  }

  /**
   * Returns a field: the bytes before the next TAB, line feed or end, as chars of the same code.
   */
  String field(String what, int maxLength) throws VectorFileException {
    long start = column;
    StringBuilder field = new StringBuilder();
    for (int b = peek(); b != '\t' && b != '\n' && b != END; b = peek()) {
      if (b == '\r') {
        throw error(column, "a carriage return: lines end with a line feed alone");
      }
      if (field.length() == maxLength) {
        throw error(start, what + " '" + Excerpt.of(field.toString()) + "' goes on for more than "
            + maxLength + " bytes");
      }
      field.append((char) b);
      skip();
    }
    return field.toString();
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
    if (atEndOfWord(peek())) {
      throw missing("a double");
    }
    long start = column;
    boolean prefixed = passIf('0') && passIf('x');
    long bits = 0;
    int count = 0;
    for (; prefixed && count <= DOUBLE_DIGITS && Character.digit(peek(), 16) >= 0; count++) {
      bits = bits << 4 | Character.digit(peek(), 16);
      skip();
    }
    if (count != DOUBLE_DIGITS) {
      throw error(start, "not a double: expected its 64 bits as 0x and 16 hex digits");
    }
    return bits;
  }

  private void integer(WordType type, WordsBuilder words) throws VectorFileException {
    long start = column;
    boolean negative = passIf('-');
    int count = 0;
    long magnitude = 0;
    for (int b = peek(); b >= '0' && b <= '9'; b = peek()) {
      if (count == MAX_DIGITS) {
        throw error(start,
            "a number of more than " + MAX_DIGITS + " digits: out of range for " + type);
      }
      digits[count++] = (byte) b;
      magnitude = magnitude * 10 + (b - '0');
      skip();
    }
    if (count == 0) {
      throw atEndOfWord(peek()) && !negative
          ? missing("a decimal integer")
          : error(column, "expected a decimal integer, but found " + describe(peek()));
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
    boolean found = peek() == expected;
    if (found) {
      skip();
    }
    return found;
  }

  private static boolean atEndOfWord(int b) {
    return b == ' ' || b == '\t' || b == '\n' || b == END;
  }

  private VectorFileException missing(String what) throws VectorFileException {
    return error(column, "expected " + what + ", but found " + describe(peek()));
  }

  private VectorFileException outOfRange(WordType type, long start, BigInteger raw) {
    String range = type.width() > Long.SIZE
        ? ""
        : ": it must lie in " + type.fixed().minRaw() + ".." + type.fixed().maxRaw();
    return error(start,
        "raw word " + Excerpt.of(raw.toString()) + " is out of range for " + type + range);
  }

  static String describe(int b) {
    return switch (b) {
      case END -> "the end of the file";
      case '\n' -> "the end of the line";
      case '\r' -> "a carriage return (lines end with a line feed alone)";
      case '\t' -> "a TAB";
      case ' ' -> "a space";
      default -> b > ' ' && b <= '~' ? "'" + (char) b + "'" : "the byte " + Excerpt.byteText(b);
    };
  }

  VectorFileException error(long atColumn, String reason) {
    return new VectorFileException(file, line, atColumn, reason);
  }

  private VectorFileException unreadable(IOException e) {
    return switch (e) {
      case VectorFileException known -> known;
      case EOFException _ -> at(e, "the gzip data ends early: the file is truncated");
      case ZipException _ -> at(e, "the gzip data is corrupt: " + e.getMessage());
      default -> at(e, "cannot be read: " + e.getMessage());
    };
  }

  private VectorFileException at(IOException cause, String reason) {
    return new VectorFileException(file, line, column, reason, cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
