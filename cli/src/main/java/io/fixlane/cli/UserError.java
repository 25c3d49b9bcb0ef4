package io.fixlane.cli;

import java.io.Serial;

/** A mistake of the user's: shown as one line, {@code fixlane: message}, with exit code 2. */
final class UserError extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }

  UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
