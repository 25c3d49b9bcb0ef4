package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/**
 * An operation on each number by itself. Each has loops of its own: one that calls what several
 * classes implement is none that C2 vectorises.
 */
interface ElementOp extends Op {
  /** Computes y of x, from one place to before another. */
  void forward(float[] x, float[] y, int from, int to);

  /** Computes d = g dy/dx, from one place to before another. */
  void backward(float[] x, float[] y, float[] g, float[] d, int from, int to);

  @Override
  default int[] shape(Tensor... inputs) {
    require(inputs.length == 1, inputs, "it takes one");
    return inputs[0].shape();
  }

  @Override
  default float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    float[] y = tape.floats(x.length);
    new Rows(x.length, x.length).forEach(tape.scratch(), (at, wide, count) -> {
      forward(x, y, at, at + count);
    });
    return y;
  }

  @Override
  default float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] x = inputs[0].data();
    float[] y = output.data();
    float[] g = Op.gradient(output);
    float[] d = tape.floats(g.length);
    new Rows(g.length, g.length).forEach(tape.scratch(), (at, wide, count) -> {
      backward(x, y, g, d, at, at + count);
    });
    return new float[][] {d};
  }
}
