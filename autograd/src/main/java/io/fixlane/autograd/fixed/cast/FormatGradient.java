package io.fixlane.autograd.fixed.cast;

import io.fixlane.format.FixedFormat;
import java.util.Arrays;

/**
 * The gradients of a cast's I and W, of numbers x, what they are cast into, q, and its gradient, g.
 * That of I, with W as it is, is the sum of g ln2 (q - m x).
 *
 * <p>That of W, with I as it is, is the sum of g ln2 (x - q) where m = 1: the step
 * 2<sup>I-W</sup> shrinks by ln2 of itself, and with it what the cast rounds by. Where q is an end
 * of the range it is the sum of g ln2 e, with e = 0 for a power of two, which stays, and e = s or
 * -s for an end that is a step s away from one, and moves to it.
 *
 * <p>Sums are in double precision by column, then the parts and the columns in order.
 */
final class FormatGradient {
  private static final double LN2 = Math.log(2);

  private final double[][] integerBits;
  private final double[][] width;
  private final float middle;
  private final float half;

  /**
   * Makes the sums.
   *
   * @param format what is cast into
   * @param parts how many parts add to them, at the same time
   * @param columns the most numbers that are added at once
   * @param ofWidth whether the gradient of W is asked for
   */
  FormatGradient(FixedFormat format, int parts, int columns, boolean ofWidth) {
    this.integerBits = new double[parts][columns];
    this.width = new double[ofWidth ? parts : 0][columns];
    // Steps to the next power of two: 1 below it, or -1 above its negative.
    int high = format.maxKeptRaw().signum() == 0 ? 0 : 1;
    int low = format.minKeptRaw().negate().bitCount() == 1 || format.minKeptRaw().signum() == 0
        ? 0
        : -1;
    float step = Math.scalb(1f, -format.fractionBits());
    this.middle = step * (high + low) / 2;
    this.half = step * (high - low) / 2;
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
    double[] sum = integerBits[part];
    for (int i = 0; i < count; i++) {
      sum[i] += g[i] * (q[i] - m[i] * x[i]);
    }
    if (width.length > 0) {
      addToWidth(width[part], g, q, m, x, count);
    }
  }

  private void addToWidth(
      double[] sum, float[] g, float[] q, float[] m, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      float end = middle + Math.signum(x[i]) * half;
      sum[i] += g[i] * (m[i] * (x[i] - q[i]) + (1 - m[i]) * end);
    }
  }

  /** Returns the gradient of I. */
  float integerBits() {
    return total(integerBits);
  }

  /** Returns the gradient of W. */
  float width() {
    return total(width);
  }

  private static float total(double[][] sums) {
    double total = 0;
    for (double[] part : sums) {
      total += Arrays.stream(part).sum();
    }
    return (float) (LN2 * total);
  }
}
