package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/** y = x where x > 0, else slope x; dy/dx = 1 where x > 0, else slope. */
record LeakyRelu(float slope) implements Op {
  LeakyRelu {
    if (!Float.isFinite(slope)) {
      throw new IllegalArgumentException("slope is " + slope + ": it must be a finite number");
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
        y[i] = Math.max(x[i], 0) + slope * Math.min(x[i], 0);
      }
    });
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] x = inputs[0].data();
    float[] d = tape.floats(g.length);
    new Rows(g.length, g.length).forEach(tape.scratch(), (at, wide, count) -> {
      for (int i = at; i < at + count; i++) {
        float positive = Math.max(Math.signum(x[i]), 0);
        d[i] = g[i] * (positive + slope * (1 - positive));
      }
    });
    return new float[][] {d};
  }
}
