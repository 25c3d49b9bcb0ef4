package io.fixlane.conformance;

import io.fixlane.conformance.bytes.Excerpt;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words of a dump one by one: numbers between blanks, commas and line ends, plain or
 * gzip, where {@code #} and {@code //} begin comments. Of a vector file, it reads the expected
 * words. It holds one number at a time, or one block, so the file may be of any size.
 *
 * {@snippet class="io.fixlane.conformance.DumpExample" region="read"}
 */
public final class DumpReader implements Closeable {
  // Decimals of the widest words have fewer, and so have all their bits.
  private static final int MAX_LENGTH = 20_000;

  private final String name;
  private final DumpNumbers numbers;
  private final ByteScanner bytes;
  private boolean begun;
  private @Nullable VectorReader vectors;
  private @Nullable ExpectedWords expected;
  private int next;
  private long line;
  private long words;

  /**
   * Opens a dump, or a vector file.
   *
   * @throws VectorFileException if it cannot be read
   */
  public DumpReader(VectorSource source, DumpNumbers numbers) throws VectorFileException {
    name = source.name();
    this.numbers = numbers;
    bytes = new ByteScanner(source);
  }

  /** Returns what messages call the file. */
  public String name() {
    return name;
  }

  /** Returns what the numbers of the file are. */
  public DumpNumbers numbers() {
    return numbers;
  }

  /** Returns the number of the line of the word that was read last, from 1. */
  public long line() {
    return line;
  }

  /** Returns how many words have been read. */
  public long words() {
    return words;
  }

  /**
   * Reads a word.
   *
   * @return the raw word, or null at the end of the file
   * @throws VectorFileException if a number is no word of the format, or the file has none; the
   *     message names file, line and column
   */
  public @Nullable BigInteger next() throws VectorFileException {
    if (!begun) {
      begun = true;
      bytes.skipEmptyLines();
      vectors = bytes.startsWith("op\t") ? new VectorReader(bytes) : null;
    }
    BigInteger word = vectors == null ? nextNumber() : nextExpected(vectors);
    if (word != null) {
      words++;
    } else if (words == 0) {
      throw bytes.error(bytes.column(), "the file has no number: expected words of "
          + numbers.format());
    }
    return word;
  }

  private @Nullable BigInteger nextNumber() throws VectorFileException {
    while (isSeparator(bytes.peek()) || isComment()) {
      if (isComment()) {
        bytes.skipLine();
      } else {
        bytes.skip();
      }
    }
    if (bytes.peek() == ByteScanner.END) {
      return null;
    }
    line = bytes.line();
    long column = bytes.column();
    StringBuilder number = new StringBuilder();
    while (bytes.peek() != ByteScanner.END && !isSeparator(bytes.peek()) && !isComment()) {
      if (number.length() == MAX_LENGTH) {
        throw bytes.error(column, "'" + Excerpt.of(number.toString()) + "' goes on for more than "
            + MAX_LENGTH + " bytes");
      }
      number.append((char) bytes.peek());
      bytes.skip();
    }
    try {
      return numbers.word(number.toString());
    } catch (IllegalArgumentException e) {
      throw new VectorFileException(name, line, column, e.getMessage());
    }
  }

  private static boolean isSeparator(int b) {
    return b == ' ' || b == '\t' || b == ',' || b == '\n';
  }

  private boolean isComment() throws VectorFileException {
    return bytes.peek() == '#' || bytes.peek() == '/' && bytes.startsWith("//");
  }

  private @Nullable BigInteger nextExpected(VectorReader reader) throws VectorFileException {
    while (expected == null || next == expected.words().size()) {
      next = 0;
      expected = reader.nextExpected();
      if (expected == null && reader.nextBlock() == null) {
        return null;
      }
      if (expected != null) {
        requireFormat(expected);
      }
    }
    line = expected.line();
    return expected.words().raw(next++);
  }

  /** The modes of a format say how a word is cast, not what it is. */
  private void requireFormat(ExpectedWords z) throws VectorFileException {
    WordType type = z.words().type();
    boolean same = !type.isDouble() && type.fixed().signed() == numbers.format().signed()
        && type.width() == numbers.format().width()
        && type.fixed().integerBits() == numbers.format().integerBits();
    if (!same) {
      throw new VectorFileException(name, z.line(), 1,
          "z is " + type + ": expected words of " + numbers.format());
    }
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
