package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/** y = max(x, 0), and NaN where x is; dy/dx = 1 where x > 0, else 0. */
record Relu() implements Op {
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
        y[i] = Math.max(x[i], 0);
      }
    });
    return y;
  }

  @Override
  public @Nullable FixedFormat format(Tensor... inputs) {
    return inputs[0].format();
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] y = output.data();
    float[] d = tape.floats(g.length);
    new Rows(g.length, g.length).forEach(tape.scratch(), (at, wide, count) -> {
      for (int i = at; i < at + count; i++) {
        // 0 or 1 without a branch, which C2 would not vectorise.
        d[i] = g[i] * Math.signum(y[i]);
      }
    });
    return new float[][] {d};
  }
}
