package io.fixlane.autograd;

import org.jspecify.annotations.Nullable;

/**
 * The mean over rows of -log softmax(x)[label] = log sum<sub>j</sub> exp(x<sub>j</sub> - m) -
 * (x<sub>label</sub> - m), where m is the row's largest number, so that nothing overflows; dy/dx =
 * (softmax(x) - [j = label]) / rows. Sums are in double precision, in order;
 * StrictMath gives the same bits on every machine.
 */
final class SoftmaxCrossEntropy implements Op {
  private final int[] labels;
  private float[] softmax = {};

  SoftmaxCrossEntropy(int[] labels) {
    this.labels = labels;
  }

  @Override
  public int[] shape(Tensor... inputs) {
    require(inputs.length == 1 && inputs[0].rank() == 2, inputs, "it takes rows of logits");
    int classes = inputs[0].dimension(1);
    require(
        labels.length == inputs[0].dimension(0), inputs,
        "there are " + labels.length + " labels, and there must be one for each row");
    for (int label : labels) {
      require(
          label >= 0 && label < classes, inputs,
          "label " + label + " must be in 0.." + (classes - 1));
    }
    return new int[0];
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    int classes = inputs[0].dimension(1);
    softmax = tape.floats(x.length);
    double loss = 0;
    for (int row = 0; row < labels.length; row++) {
      loss += row(x, row * classes, classes, labels[row]);
    }
    return new float[] {(float) (loss / labels.length)};
  }

  private double row(float[] x, int at, int classes, int label) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < classes; j++) {
      largest = Math.max(largest, x[at + j]);
    }
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      sum += StrictMath.exp(x[at + j] - largest);
    }
    for (int j = 0; j < classes; j++) {
      softmax[at + j] = (float) (StrictMath.exp(x[at + j] - largest) / sum);
    }
    return StrictMath.log(sum) - (x[at + label] - largest);
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float scale = Op.gradient(output)[0] / labels.length;
    int classes = inputs[0].dimension(1);
    float[] d = tape.floats(softmax.length);
    for (int row = 0; row < labels.length; row++) {
      for (int j = 0; j < classes; j++) {
        int i = row * classes + j;
        d[i] = scale * (softmax[i] - (j == labels[row] ? 1 : 0));
      }
    }
    return new float[][] {d};
  }
}
