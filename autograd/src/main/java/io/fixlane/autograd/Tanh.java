package io.fixlane.autograd;

/** y = tanh x; dy/dx = 1 - y^2. */
record Tanh() implements ElementOp {
  @Override
  public void forward(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (float) StrictMath.tanh(x[i]);
    }
  }

  @Override
  public void backward(float[] x, float[] y, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = g[i] * (1 - y[i] * y[i]);
    }
  }
}
