package io.fixlane.autograd;

/**
 * A number that is infinite or not a number and has no fixed-point word. The message names the
 * operation, the number and the layer.
 */
public final class NonFiniteException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  /** Makes the exception. */
  public NonFiniteException(String message) {
    super(message);
  }

  /** Returns the same exception, with the layer in which it happened. */
  NonFiniteException in(String layer) {
    return layer.isEmpty() ? this : new NonFiniteException("layer " + layer + ": " + getMessage());
  }
}
