package io.fixlane.autograd;

/** y = -x; dy/dx = -1. */
record Negate() implements ElementOp {
  @Override
  public void forward(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = -x[i];
    }
  }

  @Override
  public void backward(float[] x, float[] y, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = -g[i];
    }
  }
}
