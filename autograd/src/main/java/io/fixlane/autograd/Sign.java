package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/**
 * +1 where x is not negative, else -1, and NaN where x is; the gradient passes where x lies in
 * -reach..reach, and is 0 elsewhere (the straight-through estimator, arXiv 1602.02830).
 */
record Sign(float reach) implements Op {
  private static final FixedFormat FORMAT = FixedFormat.integers(2);

  Sign {
    if (!(reach > 0)) {
      throw new IllegalArgumentException("reach is " + reach + ": it must be positive");
    }
  }

  @Override
  public int[] shape(Tensor... inputs) {
    require(inputs.length == 1, inputs, "it takes one");
    return inputs[0].shape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    float[] y = tape.floats(x.length);
    new Rows(x.length, x.length).forEach(tape.scratch(), (at, wide, count) -> {
      for (int i = at; i < at + count; i++) {
        // Both zeros count as positive; NaN stays NaN, for casts to refuse.
        y[i] = Math.signum(Math.signum(x[i]) + 0.5f);
      }
    });
    return y;
  }

  @Override
  public FixedFormat format(Tensor... inputs) {
    return FORMAT;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    if (reach == Float.POSITIVE_INFINITY) {
      return new float[][] {g};
    }
    float[] x = inputs[0].data();
    float[] d = tape.floats(x.length);
    new Rows(x.length, x.length).forEach(tape.scratch(), (at, wide, count) -> {
      for (int i = at; i < at + count; i++) {
        // 1 up to the reach and 0 beyond without a branch, which C2 would not vectorise.
        d[i] = g[i] * Math.signum(1 + Math.signum(reach - Math.abs(x[i])));
      }
    });
    return new float[][] {d};
  }
}
