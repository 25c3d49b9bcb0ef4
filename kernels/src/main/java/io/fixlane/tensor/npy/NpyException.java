package io.fixlane.tensor.npy;

import java.io.IOException;
import java.io.Serial;

/** A file of numpy that cannot be read, or is none. The message names the file. */
public final class NpyException extends IOException {
  @Serial
  private static final long serialVersionUID = 1;

  NpyException(String file, String reason) {
    super(file + ": " + reason);
  }

  NpyException(String file, String reason, Exception cause) {
    super(file + ": " + reason, cause);
  }
}
