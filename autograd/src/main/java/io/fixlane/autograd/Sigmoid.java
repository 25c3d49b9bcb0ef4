package io.fixlane.autograd;

/** y = 1 / (1 + e^-x); dy/dx = y (1 - y). */
record Sigmoid() implements ElementOp {
  @Override
  public void forward(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (float) (1 / (1 + StrictMath.exp(-x[i])));
    }
  }

  @Override
  public void backward(float[] x, float[] y, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = g[i] * y[i] * (1 - y[i]);
    }
  }
}
