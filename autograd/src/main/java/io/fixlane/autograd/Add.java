package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/** y = a + b; dy/da = dy/db = 1. */
record Add() implements Op {
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
        t[i] += b[i];
      }
    });
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    Rows rows = Inputs.rows(this, inputs);
    float[] db = inputs[1].requiresGrad() ? rows.sum(tape.scratch(), g) : null;
    return new float[][] {g, db};
  }
}
