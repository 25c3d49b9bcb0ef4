package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.util.List;
import java.util.Objects;

/** The dot product, as HLS loops compute it. */
public final class ReferenceDot {
  private ReferenceDot() {}

  /**
   * Computes {@code ACC s = 0; for k ascending: s += x[k] * y[k];}: the accumulator is cast at
   * every step.
   *
   * @param x K values
   * @param y K values
   * @param accumulator ACC
   * @throws IllegalArgumentException if x and y differ in length
   */
  public static Fixed dot(List<Fixed> x, List<Fixed> y, FixedFormat accumulator) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(accumulator, "accumulator");
    Operands.requireSize("y", Objects.requireNonNull(y, "y"), x.size());
    Fixed sum = Fixed.ofRaw(accumulator, 0);
    for (int k = 0; k < x.size(); k++) {
      sum = sum.plus(x.get(k).times(y.get(k))).cast(accumulator);
    }
    return sum;
  }
}
