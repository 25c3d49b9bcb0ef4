package io.fixlane.autograd;

import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/** y = max(x, 0), and NaN where x is; dy/dx = 1 where x > 0, else 0. */
record Relu() implements ElementOp {
  @Override
  public void forward(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  @Override
  public @Nullable FixedFormat format(Tensor... inputs) {
    return inputs[0].format();
  }

  @Override
  public void backward(float[] x, float[] y, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      // 0 or 1 without a branch, which C2 would not vectorise.
      d[i] = g[i] * Math.signum(y[i]);
    }
  }
}
