package io.fixlane.autograd;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Tensors that do not fit an operation. The message names the operation, the shapes, the rule. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param op the name of the operation
   * @param inputs what it was given
   * @param rule what must hold
   */
  public ShapeException(String op, Tensor[] inputs, String rule) {
    super(
        op + " of "
            + Arrays.stream(inputs).map(Tensor::toString).collect(Collectors.joining(" and "))
            + ": " + rule);
  }

  private ShapeException(String message, ShapeException cause) {
    super(message, cause);
  }

  /** Returns the same exception, with the layer in which it happened. */
  ShapeException in(String layer) {
    return layer.isEmpty()
        ? this
        : new ShapeException("layer " + layer + ": " + getMessage(), this);
  }
}
