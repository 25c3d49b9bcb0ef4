package io.fixlane.autograd.fixed.cast;

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
 * x) too, so that m = 1 there. The second input, if there is one, is the number that rounds to I,
 * and the third the one that rounds to W: {@link FormatGradient} has its gradient.
 */
public final class CastOp implements Op {
  private final FixedFormat format;
  private final CastMask mask;
  private final float @Nullable [] values;

  /**
   * Makes the operation.
   *
   * @param format what is cast into
   * @param everywhere whether gradients pass where the cast saturates too
   * @param values what the cast gives where that is known already, from exact words, of which x is
   *     but the nearest floats; null to cast x
   */
  public CastOp(FixedFormat format, boolean everywhere, float @Nullable [] values) {
    this.format = format;
    this.mask = new CastMask(format, everywhere);
    this.values = values;
  }

  @Override
  public String name() {
    return "FixedCast";
  }

  @Override
  public int[] shape(Tensor... inputs) {
    require(
        inputs.length >= 1 && inputs.length <= 3
            && Arrays.stream(inputs).skip(1).allMatch(point -> point.size() == 1),
        inputs, "it takes numbers, one for the integer bits and one for the width");
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
    boolean ofNumbers = inputs[0].requiresGrad();
    if (inputs.length > 1) {
      float[] dx = ofNumbers && !mask.passesAll() ? tape.floats(x.length) : null;
      boolean ofWidth = inputs.length > 2;
      FormatGradient gradient = formatGradient(tape, g, x, output.data(), dx, ofWidth);
      float[] first = ofNumbers && dx == null ? g : dx;
      float[] di = {gradient.integerBits()};
      return ofWidth
          ? new float[][] {first, di, {gradient.width()}}
          : new float[][] {first, di};
    }
    return new float[][] {
      !ofNumbers || mask.passesAll() ? g : masked(tape, g, x), null};
  }

  private float[] masked(Tape tape, float[] g, float[] x) {
    float[] d = tape.floats(x.length);
    Parts.forEach(tape, x.length, (from, to) -> {
      for (int i = from; i < to; i++) {
        d[i] = g[i] * mask.inside(x[i]);
      }
    });
    return d;
  }

  /** Computes the gradients of I and W and, by the way, of the numbers, if there is a place. */
  private FormatGradient formatGradient(Tape tape, float[] g, float[] x, float[] q,
      float @Nullable [] dx, boolean ofWidth) {
    int parts = Parts.count(x.length);
    int width = Math.min(x.length, Parts.STRETCH);
    FormatGradient sum = new FormatGradient(format, parts, width, ofWidth);
    tape.parallel(parts, part -> {
      float[] gradients = new float[width];
      float[] numbers = new float[width];
      float[] casts = new float[width];
      float[] m = new float[width];
      int to = Parts.from(x.length, part + 1);
      for (int from = Parts.from(x.length, part); from < to; from += width) {
        int count = Math.min(width, to - from);
        System.arraycopy(g, from, gradients, 0, count);
        System.arraycopy(x, from, numbers, 0, count);
        System.arraycopy(q, from, casts, 0, count);
        mask.of(numbers, m, count);
        sum.add(part, gradients, casts, m, numbers, count);
        if (dx != null) {
          Parts.multiply(m, gradients, count);
          System.arraycopy(m, 0, dx, from, count);
        }
      }
    });
    return sum;
  }
}
