package io.fixlane.hardware;

import java.io.Serial;

/** A network that cannot be written for hardware as it was asked for. */
public final class HardwareException extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what cannot be written, where, and which rule it breaks
   */
  public HardwareException(String message) {
    super(message);
  }
}
