package io.fixlane.autograd.train;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.data.Batch;
import io.fixlane.autograd.layers.TapeLayer;

/**
 * A network that another one learns from.
 *
 * @param network what it computes logits with
 * @param share the part of the targets that it gives
 */
record Teacher(TapeLayer network, float share) {
  Teacher {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + ": it must be in 0..1");
    }
  }

  /** Returns the loss of the logits of a batch; the teacher's come from a tape of its own. */
  Tensor loss(Tape tape, Tensor logits, float smoothing, Batch batch, Tape own) {
    Tensor said = network.forward(own, batch.images());
    Tensor loss = tape.softmaxCrossEntropy(logits, smoothing, batch.labels(), said, share);
    own.reset();
    return loss;
  }

  /** Returns what tells it from another one. */
  @Override
  public String toString() {
    return "share " + share + ", checksum " + Long.toHexString(network.checksum());
  }
}
