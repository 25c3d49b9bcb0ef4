package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Shapes;
import io.fixlane.format.FixedFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The same numbers, in another shape. */
record Reshape(int... target) implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    require(inputs.length == 1, inputs, "it takes one");
    require(
        Shapes.size(target) == inputs[0].size(), inputs,
        "the shape " + Arrays.toString(target) + " must hold as many numbers");
    return target.clone();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    return inputs[0].data();
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
