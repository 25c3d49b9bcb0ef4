package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/** y = a b; dy/da = b, dy/db = a. */
record Multiply() implements Op {
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
        t[i] *= b[i];
      }
    });
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    Rows rows = Inputs.rows(this, inputs);
    float[] a = inputs[0].data();
    float[] b = rows.widen(tape.scratch(), inputs[1].data());
    float[] da = null;
    if (inputs[0].requiresGrad()) {
      da = rows.map(tape.scratch(), g, (t, u, from, to) -> {
        for (int i = from; i < to; i++) {
          t[i] *= b[i];
        }
      });
    }
    float[] db = null;
    if (inputs[1].requiresGrad()) {
      double[][] sums = rows.sums(tape.scratch(), 1, (total, at, wide, count) -> {
        double[] sum = total[0];
        for (int i = 0; i < count; i++) {
          sum[wide + i] += (double) g[at + i] * a[at + i];
        }
      });
      db = Rows.narrow(tape.scratch(), sums[0]);
    }
    return new float[][] {da, db};
  }
}
