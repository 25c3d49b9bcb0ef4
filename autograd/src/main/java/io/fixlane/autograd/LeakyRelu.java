package io.fixlane.autograd;

/** y = x where x > 0, else slope x; dy/dx = 1 where x > 0, else slope. */
record LeakyRelu(float slope) implements ElementOp {
  LeakyRelu {
    if (!Float.isFinite(slope)) {
      throw new IllegalArgumentException("slope is " + slope + ": it must be a finite number");
    }
  }

  @Override
  public void forward(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0) + slope * Math.min(x[i], 0);
    }
  }

  @Override
  public void backward(float[] x, float[] y, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      float positive = Math.max(Math.signum(x[i]), 0);
      d[i] = g[i] * (positive + slope * (1 - positive));
    }
  }
}
