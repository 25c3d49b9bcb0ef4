package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;

/**
 * Arithmetic on tensors that carry formats: the exact result as HLS has it, and one cast. Forward
 * is bit for bit what {@link Elementwise} computes. Gradients are those of the float operation,
 * passed through the cast as {@link FixedCast} does; where an exact result has more than
 * {@value Tensor#MAX_WIDTH} bits, the cast decides by the nearest float whether it overflowed.
 *
 * <p>The second operand may have the shape of the first, its last dimensions, or one number.
 *
 * {@snippet class="io.fixlane.autograd.fixed.FixedArithmeticExample" region="multiply"}
 */
public final class FixedArithmetic {
  private FixedArithmetic() {}

  /**
   * Computes a + b.
   *
   * @throws IllegalArgumentException if an operand has no format, or shapes do not agree
   */
  public static Tensor add(Tape tape, Tensor a, Tensor b, FixedCast result) {
    return add(tape, a, b, Activation.NONE, result);
  }

  /** Computes what an activation makes of a + b. */
  static Tensor add(Tape tape, Tensor a, Tensor b, Activation activation, FixedCast result) {
    FixedFormat left = FixedWords.format("a", a);
    FixedFormat right = FixedWords.format("b", b);
    return apply(
        tape, a, b, activation.apply(tape, tape.add(a, b)),
        FixedWords.fitFloats(left.plus(right)), result,
        format -> activation == Activation.RELU
            ? Elementwise.residualAdd(left, right, format)
            : Elementwise.add(left, right, format));
  }

  /**
   * Computes a - b.
   *
   * @throws IllegalArgumentException if an operand has no format, or shapes do not agree
   */
  public static Tensor subtract(Tape tape, Tensor a, Tensor b, FixedCast result) {
    FixedFormat left = FixedWords.format("a", a);
    FixedFormat right = FixedWords.format("b", b);
    return apply(
        tape, a, b, tape.subtract(a, b), FixedWords.fitFloats(left.minus(right)), result,
        format -> Elementwise.subtract(left, right, format));
  }

  /**
   * Computes a b.
   *
   * @throws IllegalArgumentException if an operand has no format, or shapes do not agree
   */
  public static Tensor multiply(Tape tape, Tensor a, Tensor b, FixedCast result) {
    FixedFormat left = FixedWords.format("a", a);
    FixedFormat right = FixedWords.format("b", b);
    return apply(
        tape, a, b, tape.multiply(a, b), FixedWords.fitFloats(left.times(right)), result,
        format -> Elementwise.multiply(left, right, format));
  }

  /**
   * Computes a / b, truncated toward zero in the format HLS gives the quotient, then cast.
   *
   * @throws IllegalArgumentException if an operand has no format, or shapes do not agree
   * @throws ArithmeticException if a divisor is 0
   */
  public static Tensor divide(Tape tape, Tensor a, Tensor b, FixedCast result) {
    FixedFormat left = FixedWords.format("a", a);
    FixedFormat right = FixedWords.format("b", b);
    FixedWords.requireDivisors(b);
    return apply(
        tape, a, b, tape.divide(a, b), false, result,
        format -> Elementwise.divide(left, right, format));
  }

  /** Makes the plan of an operation with a result format. */
  @FunctionalInterface
  private interface PlanOf {
    Elementwise into(FixedFormat result);
  }

  private static Tensor apply(Tape tape, Tensor a, Tensor b, Tensor floats, boolean exact,
      FixedCast result, PlanOf plan) {
    if (exact) {
      return result.forward(tape, floats);
    }
    FixedTensor left = FixedWords.of(a);
    FixedTensor right = FixedWords.of(b);
    return result.forward(tape, floats, format -> FixedWords.compute(
        tape, format, a.shape(), target -> plan.into(format).run(left, right, target)));
  }
}
