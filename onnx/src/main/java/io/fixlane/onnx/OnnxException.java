package io.fixlane.onnx;

import java.io.Serial;

/**
 * A model that cannot be read, or a network that cannot be written as one. The message names the
 * file, and in it the node, the operator and the attribute, or the layer, and the rule that is
 * broken.
 */
public final class OnnxException extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message what cannot be read or written, where, and which rule it breaks
   */
  public OnnxException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what cannot be read or written, where, and which rule it breaks
   * @param cause what was thrown for it
   */
  public OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
