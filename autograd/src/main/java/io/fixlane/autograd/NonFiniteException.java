package io.fixlane.autograd;

/**
 * A number that has no fixed-point word: it is infinite or not a number, or so large that no I of
 * the range that a format may have reaches it. The message names the number and the layer.
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
