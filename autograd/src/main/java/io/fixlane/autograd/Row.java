package io.fixlane.autograd;

import org.jspecify.annotations.Nullable;

/** A row of a matrix; the gradient of the other rows is 0. */
record Row(int index) implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    require(
        inputs.length == 1 && inputs[0].rank() == 2 && index >= 0
            && index < inputs[0].dimension(0),
        inputs, "it takes a matrix that has a row " + index);
    return new int[] {inputs[0].dimension(1)};
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] y = tape.floats(inputs[0].dimension(1));
    System.arraycopy(inputs[0].data(), index * y.length, y, 0, y.length);
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] d = tape.zeros(inputs[0].size());
    System.arraycopy(g, 0, d, index * g.length, g.length);
    return new float[][] {d};
  }
}
