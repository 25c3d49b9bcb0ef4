package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The characters of a text, one byte each, with one or two that come next and where they stand. */
final class TextInput implements Closeable {
  /** What comes behind the last character. */
  static final int END = -1;

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_EXCERPT = 40;

  private final Path file;
  private final InputStream in;
  private int next;
  private int afterNext;
  private long line = 1;
  private long column = 1;

  TextInput(Path file) throws IOException {
    this.file = file;
    in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    next = in.read();
    afterNext = in.read();
  }

  int peek() {
    return next;
  }

  /** Returns whether two characters come next. */
  boolean startsWith(char first, char second) {
    return next == first && afterNext == second;
  }

  /** Returns whether a blank or a line end comes next. */
  boolean atBlank() {
    return next == ' ' || next == '\t' || next == '\n' || next == '\r' || next == '\f';
  }

  /** Returns the next character, and goes on behind it. */
  int take() throws IOException {
    int taken = next;
    line += taken == '\n' ? 1 : 0;
    column = taken == '\n' ? 1 : column + 1;
    next = afterNext;
    afterNext = afterNext == END ? END : in.read();
    return taken;
  }

  /** Goes to the end of the line. */
  void skipLine() throws IOException {
    while (next != END && next != '\n') {
      take();
    }
  }

  /**
   * Goes behind a comment that begins with a slash and a star.
   *
   * @throws UserError if it does not end
   */
  void skipComment() throws IOException {
    String began = place();
    take();
    take();
    while (!startsWith('*', '/')) {
      if (next == END) {
        throw new UserError(file + began + ": the comment that begins here does not end");
      }
      take();
    }
    take();
    take();
  }

  /** Returns the place of the next character, for messages: {@code , line 3, column 5}. */
  String place() {
    return ", line " + line + ", column " + column;
  }

  /** Returns an error at the next character. */
  UserError error(String reason) {
    return new UserError(file + place() + ": " + reason);
  }

  /** Returns the beginning of a text, fit for a line of a message. */
  static String excerpt(CharSequence text) {
    String start = text.subSequence(0, Math.min(text.length(), LONGEST_EXCERPT)).toString()
        .replaceAll("[^ -~]", "?");
    return "'" + start + (text.length() > LONGEST_EXCERPT ? "..." : "") + "'";
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
