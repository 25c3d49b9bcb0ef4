package io.fixlane.autograd.fixed.cast;

import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** y = f(x), with dy/dx by a function that is given. */
public record CurveOp(DoubleUnaryOperator f, DoubleUnaryOperator derivative) implements Op {
  @Override
  public String name() {
    return "FixedLookUp";
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
    Parts.forEach(tape, x.length, (from, to) -> {
      for (int i = from; i < to; i++) {
        y[i] = (float) f.applyAsDouble(x[i]);
      }
    });
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] x = inputs[0].data();
    float[] d = tape.floats(x.length);
    Parts.forEach(tape, x.length, (from, to) -> {
      for (int i = from; i < to; i++) {
        d[i] = g[i] * (float) derivative.applyAsDouble(x[i]);
      }
    });
    return new float[][] {d};
  }
}
