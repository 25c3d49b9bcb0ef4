package io.fixlane.conformance;

import java.io.IOException;

/**
 * A vector file or a dump that cannot be read, or is none. The message names the file and, where
 * there is one, the place.
 */
public final class VectorFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long line;
  private final long column;

  VectorFileException(String file, long line, long column, String reason, Exception cause) {
    this(file, line, column, reason);
    initCause(cause);
  }

  VectorFileException(String file, long line, long column, String reason) {
    super(file + ", line " + line + ", column " + column + ": " + reason);
    this.file = file;
    this.line = line;
    this.column = column;
  }

  VectorFileException(String file, String reason, Exception cause) {
    this(file, reason);
    initCause(cause);
  }

  VectorFileException(String file, String reason) {
    super(file + ": " + reason);
    this.file = file;
    this.line = 0;
    this.column = 0;
  }

  /** Returns the name of the file. */
  public String file() {
    return file;
  }

  /** Returns the number of the line, from 1; 0 where the file as a whole is meant. */
  public long line() {
    return line;
  }

  /** Returns the number of the byte in its line, from 1; 0 where the file as a whole is meant. */
  public long column() {
    return column;
  }
}
