package io.fixlane.autograd.data;

import java.io.IOException;

/** A data file that is missing, damaged or not one. The message names the file and the rule. */
public final class DataFileException extends IOException {
  private static final long serialVersionUID = 1;

  DataFileException(Object file, String reason) {
    super(file + ": " + reason);
  }

  DataFileException(Object file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
