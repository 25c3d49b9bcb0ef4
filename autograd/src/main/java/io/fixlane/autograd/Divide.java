package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/** y = a / b; dy/da = 1 / b, dy/db = -y / b. */
record Divide() implements Op {
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
        t[i] /= b[i];
      }
    });
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    Rows rows = Inputs.rows(this, inputs);
    float[] b = rows.widen(tape.scratch(), inputs[1].data());
    float[] da = rows.map(tape.scratch(), g, (t, u, from, to) -> {
      for (int i = from; i < to; i++) {
        t[i] /= b[i];
      }
    });
    float[] db = null;
    if (inputs[1].requiresGrad()) {
      float[] y = output.data();
      double[][] sums = rows.sums(tape.scratch(), 1, (total, at, wide, count) -> {
        double[] sum = total[0];
        for (int i = 0; i < count; i++) {
          sum[wide + i] -= (double) da[at + i] * y[at + i];
        }
      });
      db = Rows.narrow(tape.scratch(), sums[0]);
    }
    return new float[][] {da, db};
  }
}
