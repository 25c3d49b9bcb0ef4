package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.cast.CastPlan;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;

/** Tensors that carry a format, as the words they stand for. */
public final class FixedWords {
  private FixedWords() {}

  /**
   * Returns the words of a tensor's values.
   *
   * @throws IllegalArgumentException if the tensor carries no format
   */
  public static FixedTensor of(Tensor x) {
    return CastPlan.of(format("x", x)).words(x.data(), x.shape());
  }

  /** Returns the format that a tensor carries. */
  static FixedFormat format(String name, Tensor x) {
    FixedFormat format = x.format();
    if (format == null) {
      throw new IllegalArgumentException(
          name + ", " + x + ", has no fixed-point format: a FixedCast must come before");
    }
    return format;
  }

  /** Requires divisors that are not 0, before floats are divided by them. */
  static void requireDivisors(Tensor b) {
    for (int i = 0; i < b.size(); i++) {
      if (b.data()[i] == 0) {
        throw new ArithmeticException("divisor " + i + " is 0");
      }
    }
  }

  /**
   * Returns whether floats hold every value of an exact result, so that float arithmetic gives it.
   */
  static boolean fitFloats(FixedFormat exact) {
    return exact.width() <= Tensor.MAX_WIDTH && -exact.fractionBits() >= Float.MIN_EXPONENT
        && exact.integerBits() <= Float.MAX_EXPONENT;
  }

  /** A plan of the kernels that computes words of a format and shape. */
  @FunctionalInterface
  interface Run {
    void into(FixedTensor target);
  }

  /** Returns the values of the words that a plan computes. */
  static float[] compute(Tape tape, FixedFormat format, int[] shape, Run run) {
    FixedTensor target = FixedTensor.allocate(format, shape);
    run.into(target);
    return CastPlan.of(format).values(tape, target);
  }
}
