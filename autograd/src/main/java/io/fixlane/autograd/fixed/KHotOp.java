package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.cast.CastPlan;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.KHot;
import org.jspecify.annotations.Nullable;

/** The K-hot words that words become; the gradient passes as if they stayed what they are. */
record KHotOp(KHot kHot) implements Op {
  /** Returns the K-hot tensor, or the tensor itself where there is no encoder. */
  static Tensor apply(Tape tape, @Nullable KHot kHot, Tensor x) {
    return kHot == null ? x : tape.apply(new KHotOp(kHot), x);
  }

  @Override
  public int[] shape(Tensor... inputs) {
    require(inputs.length == 1 && inputs[0].format() != null, inputs, "it takes words");
    return inputs[0].shape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    FixedFormat format = FixedWords.format("x", inputs[0]);
    return CastPlan.of(format).values(tape, kHot.encode(FixedWords.of(inputs[0])));
  }

  @Override
  public @Nullable FixedFormat format(Tensor... inputs) {
    return inputs[0].format();
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    return new float[][] {Op.gradient(output)};
  }
}
