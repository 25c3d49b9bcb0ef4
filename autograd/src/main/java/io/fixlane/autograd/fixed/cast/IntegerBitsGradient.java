package io.fixlane.autograd.fixed.cast;

import java.util.Arrays;

/**
 * The gradient of a cast's I: the sum of g ln2 (q - m x) over numbers x, what they are cast into,
 * q, and its gradient, g. It is summed up in double precision by column, then the parts and the
 * columns in order.
 */
final class IntegerBitsGradient {
  private static final double LN2 = Math.log(2);

  private final double[][] sums;

  /**
   * Makes the sum.
   *
   * @param parts how many parts add to it, at the same time
   * @param columns the most numbers that are added at once
   */
  IntegerBitsGradient(int parts, int columns) {
    this.sums = new double[parts][columns];
  }

  /**
   * Adds numbers.
   *
   * @param part the part that adds them
   * @param g the gradients
   * @param q what the numbers are cast into
   * @param m their {@link CastMask}
   * @param x the numbers
   * @param count how many there are
   */
  void add(int part, float[] g, float[] q, float[] m, float[] x, int count) {
    double[] sum = sums[part];
    for (int i = 0; i < count; i++) {
      sum[i] += g[i] * (q[i] - m[i] * x[i]);
    }
  }

  /** Returns the gradient. */
  float total() {
    double total = 0;
    for (double[] part : sums) {
      total += Arrays.stream(part).sum();
    }
    return (float) (LN2 * total);
  }
}
