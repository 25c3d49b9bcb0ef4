package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/**
 * +1 where x is not negative, else -1; the gradient passes where x lies in -1..1, and is 0
 * elsewhere (the clipped straight-through estimator, arXiv 1602.02830).
 */
record SignOp() implements Op {
  /** The format of signs. */
  static final FixedFormat FORMAT = FixedFormat.signed(2, 2);

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
        // NaN stays NaN, for the cast of the sum to refuse.
        y[i] = x[i] >= 0 ? 1 : x[i] < 0 ? -1 : x[i];
      }
    });
    return y;
  }

  @Override
  public FixedFormat format(Tensor... inputs) {
    return FORMAT;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] x = inputs[0].data();
    float[] d = tape.floats(x.length);
    Parts.forEach(tape, x.length, (from, to) -> {
      for (int i = from; i < to; i++) {
        d[i] = Math.abs(x[i]) <= 1 ? g[i] : 0;
      }
    });
    return new float[][] {d};
  }
}
