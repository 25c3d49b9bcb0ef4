package io.fixlane.autograd;

import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/**
 * +1 where x is not negative, else -1, and NaN where x is; the gradient passes where x lies in
 * -reach..reach, and is 0 elsewhere (the straight-through estimator, arXiv 1602.02830).
 */
record Sign(float reach) implements ElementOp {
  private static final FixedFormat FORMAT = FixedFormat.integers(2);

  Sign {
    if (!(reach > 0)) {
      throw new IllegalArgumentException("reach is " + reach + ": it must be positive");
    }
  }

  @Override
  public void forward(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      // Both zeros count as positive; NaN stays NaN, for casts to refuse.
      y[i] = Math.signum(Math.signum(x[i]) + 0.5f);
    }
  }

  @Override
  public FixedFormat format(Tensor... inputs) {
    return FORMAT;
  }

  @Override
  public void backward(float[] x, float[] y, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      // 1 up to the reach and 0 beyond without a branch, which C2 would not vectorise.
      d[i] = g[i] * Math.signum(1 + Math.signum(reach - Math.abs(x[i])));
    }
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    return reach == Float.POSITIVE_INFINITY
        ? new float[][] {Op.gradient(output)}
        : ElementOp.super.backward(tape, inputs, output);
  }
}
