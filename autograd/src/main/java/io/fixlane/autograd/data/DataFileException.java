package io.fixlane.autograd.data;

import io.fixlane.files.Memory;
import java.io.IOException;

/** A data file that is missing, damaged or not one. The message names the file and the rule. */
public final class DataFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  DataFileException(Object file, String reason) {
    super(file + ": " + reason);
    this.tooLarge = false;
  }

  DataFileException(Object file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.tooLarge = false;
  }

  DataFileException(Object file, Memory.ShortOfMemoryException cause) {
    super(file + ": " + cause.getMessage(), cause);
    this.tooLarge = true;
  }

  /** Returns whether nothing is wrong with the file, but there is too little memory for it. */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
