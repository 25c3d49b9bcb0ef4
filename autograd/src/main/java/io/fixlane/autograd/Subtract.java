package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/** y = a - b; dy/da = 1, dy/db = -1. */
record Subtract() implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    Inputs.requireSuffix(this, inputs);
    return inputs[0].shape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    Rows rows = Inputs.rows(this, inputs);
    float[] b = rows.widen(tape.scratch(), inputs[1].data());
    return rows.map(tape.scratch(), inputs[0].data(), (t, u, from, to) -> {
      for (int i = from; i < to; i++) {
        t[i] -= b[i];
      }
    });
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    if (!inputs[1].requiresGrad()) {
      return new float[][] {g, null};
    }
    float[] sum = Inputs.rows(this, inputs).sum(tape.scratch(), g);
    float[] db = tape.floats(sum.length);
    for (int i = 0; i < db.length; i++) {
      db[i] = -sum[i];
    }
    return new float[][] {g, db};
  }
}
