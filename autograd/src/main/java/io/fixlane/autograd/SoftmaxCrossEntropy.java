package io.fixlane.autograd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The mean over rows of -sum<sub>j</sub> t<sub>j</sub> log softmax(x)[j] = log sum<sub>j</sub>
 * exp(x<sub>j</sub> - m) - sum<sub>j</sub> t<sub>j</sub> (x<sub>j</sub> - m), where m is the row's
 * largest number, so that nothing overflows; dy/dx = (softmax(x) - t) / rows. Of the target t, a
 * part is spread over all classes (label smoothing, Szegedy et al., arXiv 1512.00567, 7), and the
 * rest is the label's. Where there is a teacher, a part of all that is softmax of its logits in its
 * place (distillation, Hinton et al., arXiv 1503.02531, at a temperature of 1). Sums are in double
 * precision, in order; StrictMath gives the same bits on every machine.
 */
final class SoftmaxCrossEntropy implements Op {
  private final int[] labels;
  private final float smoothing;
  private final @Nullable Tensor teacher;
  private final float share;
  private float[] softmax = {};
  private float[] targets = {};

  SoftmaxCrossEntropy(int[] labels, float smoothing) {
    this(labels, smoothing, null, 0);
  }

  /** Makes the operation with a teacher's logits, and the share of the targets that they are. */
  SoftmaxCrossEntropy(int[] labels, float smoothing, @Nullable Tensor teacher, float share) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "smoothing is " + smoothing + ": it must be at least 0 and below 1");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + ": it must be in 0..1");
    }
    this.labels = labels;
    this.smoothing = smoothing;
    this.teacher = teacher;
    this.share = share;
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
    require(teacher == null || Arrays.equals(teacher.shape(), inputs[0].shape()), inputs,
        "the teacher's logits " + teacher + " must have the same shape");
    return new int[0];
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    int classes = inputs[0].dimension(1);
    targets = targets(tape, classes);
    softmax = tape.floats(x.length);
    double loss = 0;
    for (int row = 0; row < labels.length; row++) {
      loss += row(x, row * classes, classes);
    }
    return new float[] {(float) (loss / labels.length)};
  }

  private float[] targets(Tape tape, int classes) {
    float others = smoothing / classes;
    float right = 1 - smoothing + others;
    float[] all = tape.floats(labels.length * classes);
    for (int i = 0; i < all.length; i++) {
      all[i] = i % classes == labels[i / classes] ? right : others;
    }
    if (teacher != null) {
      float[] taught = tape.floats(all.length);
      for (int at = 0; at < all.length; at += classes) {
        softmax(teacher.data(), at, classes, taught);
      }
      for (int i = 0; i < all.length; i++) {
        all[i] = (1 - share) * all[i] + share * taught[i];
      }
    }
    return all;
  }

  private double row(float[] x, int at, int classes) {
    double loss = softmax(x, at, classes, softmax);
    float largest = largest(x, at, classes);
    for (int i = at; i < at + classes; i++) {
      if (targets[i] != 0) {
        loss -= targets[i] * ((double) x[i] - largest);
      }
    }
    return loss;
  }

  /** Computes softmax of a row; returns the logarithm of its sum, without the largest number. */
  private static double softmax(float[] x, int at, int classes, float[] to) {
    float largest = largest(x, at, classes);
    double sum = 0;
    for (int i = at; i < at + classes; i++) {
      sum += StrictMath.exp(x[i] - largest);
    }
    for (int i = at; i < at + classes; i++) {
      to[i] = (float) (StrictMath.exp(x[i] - largest) / sum);
    }
    return StrictMath.log(sum);
  }

  private static float largest(float[] x, int at, int classes) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + classes; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float scale = Op.gradient(output)[0] / labels.length;
    float[] d = tape.floats(softmax.length);
    for (int i = 0; i < d.length; i++) {
      d[i] = scale * (softmax[i] - targets[i]);
    }
    return new float[][] {d};
  }
}
