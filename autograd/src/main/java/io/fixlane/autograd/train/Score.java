package io.fixlane.autograd.train;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batch;
import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.layers.TapeLayer;

/**
 * How well a network classifies.
 *
 * @param loss the mean loss of an image
 * @param accuracy the part of the images that it puts in the right class
 */
public record Score(double loss, double accuracy) {
  /**
   * Evaluates a network on all images, in order.
   *
   * @param batchSize how many images are computed at once
   */
  public static Score of(TapeLayer network, Dataset dataset, int batchSize, Workers workers) {
    Tape tape = Tape.evaluating(workers);
    Batches batches = Batches.inOrder(dataset, batchSize);
    Tally tally = new Tally();
    for (int i = 0; i < batches.count(); i++) {
      Batch batch = batches.get(i);
      Tensor logits = network.forward(tape, batch.images());
      tally.add(tape.softmaxCrossEntropy(logits, batch.labels()), logits, batch.labels());
      tape.reset();
    }
    return tally.score();
  }
}
