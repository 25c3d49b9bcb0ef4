package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** y = the sum of all numbers, over a divisor; dy/dx = 1 / divisor. Summed in double precision. */
record Mean(String name, int divisor) implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    require(inputs.length == 1, inputs, "it takes one");
    return new int[0];
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    double[][] sum = new Rows(x.length, 1).sums(tape.scratch(), 1, (total, at, wide, count) -> {
      double[] t = total[0];
      for (int i = 0; i < count; i++) {
        t[wide + i] += x[at + i];
      }
    });
    return new float[] {(float) (sum[0][0] / divisor)};
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] d = tape.floats(inputs[0].size());
    Arrays.fill(d, Op.gradient(output)[0] / divisor);
    return new float[][] {d};
  }
}
