package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * q = cast(x) into a format. With m = 1 where x does not overflow, else 0: dq/dx = m; and dq/dI =
 * ln2 (q - m x), as the step 2<sup>I-W</sup> grows by ln2 of itself, which moves q by ln2 (q - x)
 * within the range, and by ln2 q where it is an end of the range. A wrapped value moves by ln2 (q -
 * x) too, so that m = 1 there. The second input, if there is one, is the number that rounds to I.
 */
final class CastOp implements Op {
  private static final double LN2 = Math.log(2);
  private static final int COLUMNS = 256;

  private final FixedFormat format;
  private final GradientMode mode;
  private final float @Nullable [] values;
  private final float low;
  private final float high;
  private final float scale;

  /**
   * Makes the operation.
   *
   * @param values what the cast gives where that is known already, from exact words, of which x is
   *     but the nearest floats; null to cast x
   */
  CastOp(FixedFormat format, GradientMode mode, float @Nullable [] values) {
    this.format = format;
    this.mode = mode;
    this.values = values;
    boolean wraps = format.overflow().wraps();
    CastBounds bounds = CastBounds.of(format);
    this.low = wraps ? Float.NEGATIVE_INFINITY : bounds.lowFloat();
    this.high = wraps ? Float.POSITIVE_INFINITY : bounds.highFloat();
    this.scale = Math.scalb(1f, Math.max(0, 2 - format.integerBits()));
  }

  @Override
  public String name() {
    return "FixedCast";
  }

  @Override
  public int[] shape(Tensor... inputs) {
    require(
        inputs.length == 1 || inputs.length == 2 && inputs[1].size() == 1, inputs,
        "it takes numbers, and one for the integer bits");
    return inputs[0].shape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    return values == null ? CastPlan.of(format).run(tape, inputs[0].data()) : values;
  }

  @Override
  public FixedFormat format(Tensor... inputs) {
    return format;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] x = inputs[0].data();
    float[] dx = null;
    if (inputs[0].requiresGrad()) {
      dx = mode == GradientMode.PLAIN || format.overflow().wraps() ? g : masked(tape, g, x);
    }
    float[] di = inputs.length == 2 && inputs[1].requiresGrad()
        ? new float[] {integerBitsGradient(tape, g, x, output.data())}
        : null;
    return new float[][] {dx, di};
  }

  private float[] masked(Tape tape, float[] g, float[] x) {
    float[] d = tape.floats(x.length);
    Parts.forEach(tape, x.length, (from, to) -> {
      for (int i = from; i < to; i++) {
        d[i] = g[i] * inside(x[i]);
      }
    });
    return d;
  }

  /** Sums up in double precision by column, then the parts and the columns in order. */
  private float integerBitsGradient(Tape tape, float[] g, float[] x, float[] q) {
    int parts = Parts.count(x.length);
    double[][] sums = new double[parts][COLUMNS];
    tape.parallel(parts, part -> {
      int to = Parts.from(x.length, part + 1);
      for (int from = Parts.from(x.length, part); from < to; from += COLUMNS) {
        add(sums[part], g, x, q, from, Math.min(COLUMNS, to - from));
      }
    });
    double sum = 0;
    for (double[] part : sums) {
      sum += Arrays.stream(part).sum();
    }
    return (float) (LN2 * sum);
  }

  private void add(double[] sums, float[] g, float[] x, float[] q, int at, int count) {
    for (int i = 0; i < count; i++) {
      float number = x[at + i];
      float inside = inside(number);
      sums[i] += g[at + i] * (q[at + i] - inside * number);
    }
  }

  /**
   * Returns m: 1 where x lies in low..high, else 0, by the sign of (x - low) (high - x), as C2 does
   * not make vectors of a loop with a branch. The scale keeps the product from an underflow to 0:
   * scale (high - low) is 1 or more.
   */
  private float inside(float x) {
    return Math.signum(1 + Math.signum((x - low) * scale * (high - x)));
  }
}
