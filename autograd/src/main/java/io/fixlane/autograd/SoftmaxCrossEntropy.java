package io.fixlane.autograd;

import org.jspecify.annotations.Nullable;

/**
 * The mean over rows of -sum<sub>j</sub> t<sub>j</sub> log softmax(x)[j] = log sum<sub>j</sub>
 * exp(x<sub>j</sub> - m) - sum<sub>j</sub> t<sub>j</sub> (x<sub>j</sub> - m), where m is the row's
 * largest number, so that nothing overflows; dy/dx = (softmax(x) - t) / rows. Of the target t, a
 * part is spread over all classes (label smoothing, Szegedy et al., arXiv 1512.00567, 7), and the
 * rest is the label's. Sums are in double precision, in order; StrictMath gives the same bits on
 * every machine.
 */
final class SoftmaxCrossEntropy implements Op {
  private final int[] labels;
  private final float smoothing;
  private float[] softmax = {};

  SoftmaxCrossEntropy(int[] labels, float smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "smoothing is " + smoothing + ": it must be at least 0 and below 1");
    }
    this.labels = labels;
    this.smoothing = smoothing;
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
    double loss = StrictMath.log(sum) - (1 - smoothing) * (x[at + label] - largest);
    if (smoothing > 0) {
      double all = 0;
      for (int j = 0; j < classes; j++) {
        all += x[at + j] - largest;
      }
      loss -= smoothing / classes * all;
    }
    return loss;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float scale = Op.gradient(output)[0] / labels.length;
    int classes = inputs[0].dimension(1);
    float others = smoothing / classes;
    float right = 1 - smoothing + others;
    float[] d = tape.floats(softmax.length);
    for (int row = 0; row < labels.length; row++) {
      for (int j = 0; j < classes; j++) {
        int i = row * classes + j;
        d[i] = scale * (softmax[i] - (j == labels[row] ? right : others));
      }
    }
    return new float[][] {d};
  }
}
