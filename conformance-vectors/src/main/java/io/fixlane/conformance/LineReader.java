package io.fixlane.conformance;

import io.fixlane.conformance.bytes.Excerpt;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a vector file, field by field: the first field of a line is its key. Empty lines and
 * those that begin with {@code #} are passed.
 */
final class LineReader implements Closeable {
  private static final int MAX_KEY_LENGTH = 64;
  private static final int MAX_OPERATION_LENGTH = 256;
  private static final int MAX_TYPE_LENGTH = 128;

  private static final Pattern NUMBER = Pattern.compile("[-+.]?[0-9]");

  private final ByteScanner bytes;
  private final VectorScanner in;
  private @Nullable LineKey key;
  private long keyColumn = 1;

  LineReader(ByteScanner bytes) {
    this.bytes = bytes;
    in = new VectorScanner(bytes);
  }

  /** Returns the number of the line whose key was read last. */
  long line() {
    return bytes.line();
  }

  long bytesRead() {
    return bytes.bytesRead();
  }

  /** Returns the key of the line, read just once; null at the end of the file. */
  @Nullable
  LineKey key() throws VectorFileException {
    if (key == null && bytes.skipEmptyLines()) {
      keyColumn = bytes.column();
      String text = in.field("the key", MAX_KEY_LENGTH);
      if (bytes.peek() != '\t') {
        throw errorHere(
            "no TAB in the line '" + Excerpt.of(text) + "': a TAB separates its fields"
                + (NUMBER.matcher(text).lookingAt()
                    ? "; plain numbers are a dump, which fixlane compare reads"
                    : ""));
      }
      key = LineKey.of(text).orElseThrow(() -> bytes.error(keyColumn,
          "unknown key '" + Excerpt.of(text) + "': expected op, x, y, bias, acc or z"));
      in.pass('\t', " behind the key");
    }
    return key;
  }

  /** Reads the rest of an {@code op} line. */
  Operation operation() throws VectorFileException {
    long column = bytes.column();
    String text = in.field("the operation", MAX_OPERATION_LENGTH);
    Operation operation = checked(column, () -> Operation.parse(text));
    endLine();
    return operation;
  }

  /** Reads the format, which must obey {@code rule}. */
  WordType type(Rule<WordType> rule) throws VectorFileException {
    long column = bytes.column();
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
   * @param max how many the operands call for
   * @param rule what every prefix of the words must obey
   */
  void values(WordsBuilder words, int max, Rule<WordsBuilder> rule) throws VectorFileException {
    in.pass('\t', " between format and values");
    int capacity = Signature.maxWords(words.type());
    boolean ended;
    do {
      bytes.skipSpaces();
      long column = bytes.column();
      if (words.size() == Math.min(max, capacity)) {
        throw bytes.error(column, "more than " + words.size() + " values on the line: "
            + (max < capacity
                ? "the operands call for " + max
                : "a line holds at most " + capacity + " words of " + words.type()));
      }
      in.word(words);
      try {
        rule.check(words);
      } catch (IllegalArgumentException e) {
        throw bytes.error(column, e.getMessage());
      }
      boolean separated = bytes.peek() == ' ';
      bytes.skipSpaces();
      ended = bytes.atLineEnd();
      if (!separated && !ended) {
        in.pass(' ', " between values");
      }
    } while (!ended);
  }

  void endLine() throws VectorFileException {
    in.pass('\n', "");
    key = null;
  }

  /** Returns an error at the key of the line. */
  VectorFileException errorAtKey(String reason) {
    return bytes.error(key == null ? bytes.column() : keyColumn, reason);
  }

  /** Returns an error at the place that is to be read next. */
  VectorFileException errorHere(String reason) {
    return bytes.error(bytes.column(), reason);
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
      throw bytes.error(column, e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
