package io.fixlane.conformance;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lines of a vector file, field by field: the first field of a line is its key. */
final class LineReader implements Closeable {
  private static final int MAX_KEY_LENGTH = 64;
  private static final int MAX_OPERATION_LENGTH = 256;
  private static final int MAX_TYPE_LENGTH = 128;

  private final VectorScanner in;
  private @Nullable LineKey key;

  LineReader(VectorSource source) throws VectorFileException {
    in = new VectorScanner(source);
  }

  /** Returns the number of the line whose key was read last. */
  long line() {
    return in.line();
  }

  long bytesRead() {
    return in.bytesRead();
  }

  /** Returns the key of the line, read just once; null at the end of the file. */
  @Nullable
  LineKey key() throws VectorFileException {
    if (key == null && in.peek() != VectorScanner.END) {
      String text = in.field("the key", MAX_KEY_LENGTH);
      if (in.peek() != '\t') {
        throw in.error(in.column(),
            "no TAB in the line '" + Excerpt.of(text) + "': a TAB separates its fields");
      }
      key = LineKey.of(text).orElseThrow(() -> in.error(1,
          "unknown key '" + Excerpt.of(text) + "': expected op, x, y, bias, acc or z"));
      in.pass('\t', " behind the key");
    }
    return key;
  }

  /** Reads the rest of an {@code op} line. */
  Operation operation() throws VectorFileException {
    long column = in.column();
    String text = in.field("the operation", MAX_OPERATION_LENGTH);
    Operation operation = checked(column, () -> Operation.parse(text));
    endLine();
    return operation;
  }

  /** Reads the format, which must obey {@code rule}. */
  WordType type(Rule<WordType> rule) throws VectorFileException {
    long column = in.column();
    String text = in.field("the format", MAX_TYPE_LENGTH);
    return checked(column, () -> {
      WordType type = WordType.parse(Excerpt.printable(text));
      rule.check(type);
      return type;
    });
  }

  /**
   * Reads the values up to the end of the line.
   *
   * @param words where they go
   * @param max how many there may be
   * @param rule what every prefix of the words must obey
   */
  void values(WordsBuilder words, int max, Rule<WordsBuilder> rule) throws VectorFileException {
    in.pass('\t', " between format and values");
    do {
      long column = in.column();
      if (words.size() > 0) {
        in.pass(' ', " between values");
        column = in.column();
      }
      if (words.size() == max) {
        throw in.error(column,
            "more than " + max + " values on the line: the operands call for " + max);
      }
      in.word(words);
      try {
        rule.check(words);
      } catch (IllegalArgumentException e) {
        throw in.error(column, e.getMessage());
      }
    } while (in.peek() != '\n' && in.peek() != VectorScanner.END);
  }

  void endLine() throws VectorFileException {
    in.pass('\n', "");
    key = null;
  }

  /** Returns an error at the key of the line. */
  VectorFileException errorAtKey(String reason) {
    return in.error(key == null ? in.column() : 1, reason);
  }

  /** Returns an error at the place that is to be read next. */
  VectorFileException errorHere(String reason) {
    return in.error(in.column(), reason);
  }

  /** What a part of a line must obey. */
  @FunctionalInterface
  interface Rule<T> {
    /**
     * Checks a part.
     *
     * @throws IllegalArgumentException if it breaks the rule; the message says how
     */
    void check(T part);
  }

  private <T> T checked(long column, Supplier<T> parse) throws VectorFileException {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw in.error(column, e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
