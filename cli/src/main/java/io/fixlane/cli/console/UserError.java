package io.fixlane.cli.console;

import java.io.Serial;

/** A mistake of the user's: shown as one line, {@code fixlane: message}, with exit code 2. */
public final class UserError extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  /** Makes an error of a message that names the argument, its value and the rule. */
  public UserError(String message) {
    super(message);
  }

  /** Makes an error that something else caused. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
