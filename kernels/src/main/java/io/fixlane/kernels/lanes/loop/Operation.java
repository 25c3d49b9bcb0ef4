package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.ShiftTerm;

/**
 * What a loop computes exactly from its operands a, b and c before the cast; operands are aligned
 * first.
 */
public enum Operation {
  /** a. */
  COPY(1),
  /** a + b. */
  ADD(2),
  /** a - b. */
  SUBTRACT(2),
  /** a x b. */
  MULTIPLY(2),
  /** a / b, truncated toward zero. */
  DIVIDE(2),
  /** The smaller of a and b. */
  MIN(2),
  /** The larger of a and b. */
  MAX(2),
  /** -a. */
  NEGATE(1),
  /** The larger of a and 0. */
  RELU(1),
  /**
   * a shifted left where it is not negative, else a as it was, times b where there is a b: a leaky
   * ReLU, whose slope is b and a power of two.
   */
  LEAKY_RELU(1),
  /** The larger of a + b and 0. */
  ADD_RELU(2),
  /** a x b + c. */
  MULTIPLY_ADD(3),
  /**
   * a times the first term of a K-hot word, b, as {@link ShiftTerm} describes it. The loop adds the
   * products with the other terms: the second ones lie where a third operand would, in b's memory,
   * and each further plane of terms as far behind the last.
   */
  SHIFT_ADD(2),
  /** The word of a table, b, in the place that a says. {@link LookUpLoop} computes it. */
  LOOK_UP(2),
  /** A step for each threshold, of rows in b, that a reaches. {@link ThresholdLoop} computes it. */
  THRESHOLD(2);

  private final int operands;

  Operation(int operands) {
    this.operands = operands;
  }

  /** Returns the error of a loop that does not compute the operation, as others do. */
  IllegalStateException elsewhere() {
    return new IllegalStateException("another loop computes " + this);
  }

  /** Returns the number of operands. */
  public int operands() {
    return operands;
  }
}
