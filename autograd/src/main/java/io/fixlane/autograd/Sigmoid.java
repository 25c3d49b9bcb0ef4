package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/** y = 1 / (1 + e^-x); dy/dx = y (1 - y). */
record Sigmoid() implements Op {
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
        y[i] = (float) (1 / (1 + StrictMath.exp(-x[i])));
      }
    });
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] y = output.data();
    float[] d = tape.floats(g.length);
    new Rows(g.length, g.length).forEach(tape.scratch(), (at, wide, count) -> {
      for (int i = at; i < at + count; i++) {
        d[i] = g[i] * y[i] * (1 - y[i]);
      }
    });
    return new float[][] {d};
  }
}
