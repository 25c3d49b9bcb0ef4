package io.fixlane.autograd.train;

import io.fixlane.autograd.Tensor;

/** Adds up what batches score. */
final class Tally {
  private double loss;
  private long right;
  private long images;

  Tally() {}

  Tally(double loss, long right, long images) {
    this.loss = loss;
    this.right = right;
    this.images = images;
  }

  /** Adds the mean loss of a batch, and the rows in which the largest logit is the label's. */
  void add(Tensor batchLoss, Tensor logits, int[] labels) {
    loss += (double) batchLoss.item() * labels.length;
    images += labels.length;
    int classes = logits.dimension(1);
    for (int row = 0; row < labels.length; row++) {
      if (largest(logits.data(), row * classes, classes) == labels[row]) {
        right++;
      }
    }
  }

  /** Returns the place of the largest number, of the first one if several are. */
  private static int largest(float[] numbers, int at, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (numbers[at + i] > numbers[at + best]) {
        best = i;
      }
    }
    return best;
  }

  double loss() {
    return loss;
  }

  long right() {
    return right;
  }

  long images() {
    return images;
  }

  Score score() {
    return new Score(loss / images, (double) right / images);
  }
}
