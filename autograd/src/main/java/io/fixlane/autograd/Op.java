package io.fixlane.autograd;

import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/**
 * An operation, its value and its derivative side by side. One object is made for one
 * {@link Tape#apply}, so that it may keep in its fields what {@code backward} needs of
 * {@code forward}.
 *
 * {@snippet class="io.fixlane.autograd.CustomOpExample" region="op"}
 */
public interface Op {
  /** Returns the name that messages use. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Checks the inputs.
   *
   * @return the shape of the result
   * @throws ShapeException if they do not fit
   */
  int[] shape(Tensor... inputs);

  /**
   * Computes the result.
   *
   * @return its numbers, row-major: a buffer of {@link Tape#floats}, or an input's own array, which
   *     must then stay as it is
   */
  float[] forward(Tape tape, Tensor... inputs);

  /**
   * Returns the fixed-point format that every number of the result is a value of, exactly; null
   * where there is none. It is asked for after {@code forward}.
   */
  default @Nullable FixedFormat format(Tensor... inputs) {
    return null;
  }

  /**
   * Computes the derivative of the loss by each input from that by the output,
   * {@code output.grad()}.
   *
   * @return an array for each input, of its size: a buffer of {@link Tape#floats}, which is the
   *     tape's from then on, or the output's gradient itself; null for an input that requires no
   *     gradient
   */
  float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output);

  /**
   * Returns the gradient of an output, which {@link Tape#backward} has computed when it asks for
   * those of the inputs.
   */
  static float[] gradient(Tensor output) {
    float[] grad = output.grad();
    if (grad == null) {
      throw new IllegalStateException("the output has no gradient yet");
    }
    return grad;
  }

  /**
   * Checks a rule on the inputs.
   *
   * @throws ShapeException if it does not hold
   */
  default void require(boolean holds, Tensor[] inputs, String rule) {
    if (!holds) {
      throw new ShapeException(name(), inputs, rule);
    }
  }
}
