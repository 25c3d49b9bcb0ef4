package io.fixlane.conformance;

import io.fixlane.conformance.bytes.CountingInput;
import io.fixlane.conformance.bytes.Excerpt;
import io.fixlane.conformance.bytes.StrictGzipInput;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a text file, plain or gzip as its first ones tell, with the place of each. It holds
 * one buffer. A UTF-8 byte order mark is passed, and a carriage return with a line feed is one line
 * feed.
 */
final class ByteScanner implements Closeable {
  static final int END = -1;

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private final String file;
  private final CountingInput counter;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int limit;
  private long line = 1;
  private long column = 1;

  ByteScanner(VectorSource source) throws VectorFileException {
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
      next = startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    } catch (IOException e) {
      closeAfter(e);
      throw unreadable(e);
    }
  }

  private void closeAfter(IOException e) {
    try {
      counter.close();
    } catch (IOException closing) {
      e.addSuppressed(closing);
    }
  }

  /** Returns the number of the line of the next byte, from 1. */
  long line() {
    return line;
  }

  /** Returns the number of the next byte in its line, from 1. */
  long column() {
    return column;
  }

  /** Returns how many bytes of the file have been read, before they are decompressed. */
  long bytesRead() {
    return counter.count();
  }

  /** Returns the next byte and leaves it there, or {@link #END}. */
  int peek() throws VectorFileException {
    // Short, so that it is inlined.
    return next < limit && buffer[next] != '\r' ? buffer[next] & 0xff : peekFurther();
  }

  private int peekFurther() throws VectorFileException {
    if (!has(1)) {
      return END;
    }
    if (buffer[next] == '\r' && has(2) && buffer[next + 1] == '\n') {
      next++;
    }
    return buffer[next] & 0xff;
  }

  /** Passes the byte that has been peeked at. */
  void skip() {
    if (buffer[next++] == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
  }

  /** Returns whether the next bytes are the chars of {@code text}, and leaves them there. */
  boolean startsWith(String text) throws VectorFileException {
    boolean same = has(text.length());
    for (int i = 0; same && i < text.length(); i++) {
      same = (buffer[next + i] & 0xff) == text.charAt(i);
    }
    return same;
  }

  /** Returns whether {@code count} further bytes are there, all of them in the buffer. */
  private boolean has(int count) throws VectorFileException {
    while (limit - next < count) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      limit -= next;
      next = 0;
      int read;
      try {
        read = in.read(buffer, limit, BUFFER - limit);
      } catch (IOException e) {
        throw unreadable(e);
      }
      if (read <= 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  /** Passes spaces. */
  void skipSpaces() throws VectorFileException {
    while (peek() == ' ') {
      skip();
    }
  }

  /** Passes what is left of a line, but not its end. */
  void skipLine() throws VectorFileException {
    while (!atLineEnd()) {
      skip();
    }
  }

  /**
   * Passes lines that are empty or begin with {@code #}, and the spaces before what follows them.
   *
   * @return whether anything follows
   */
  boolean skipEmptyLines() throws VectorFileException {
    skipSpaces();
    while (peek() == '#' || peek() == '\n') {
      skipLine();
      if (peek() == '\n') {
        skip();
      }
      skipSpaces();
    }
    return peek() != END;
  }

  boolean atLineEnd() throws VectorFileException {
    return peek() == '\n' || peek() == END;
  }

  /** Returns what a byte is called in a message. */
  static String describe(int b) {
    return switch (b) {
      case END -> "the end of the file";
      case '\n' -> "the end of the line";
      case '\r' -> "a carriage return without a line feed";
      case '\t' -> "a TAB";
      case ' ' -> "a space";
      default -> b > ' ' && b <= '~' ? "'" + (char) b + "'" : "the byte " + Excerpt.byteText(b);
    };
  }

  /** Returns an error of the line of the next byte. */
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
