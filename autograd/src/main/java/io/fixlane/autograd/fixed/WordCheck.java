package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;

/**
 * How many samples a deployed network gives the same words for as the training network, all words
 * of a sample and their format.
 *
 * @param same of how many samples all words are the same
 * @param samples how many samples there are
 */
public record WordCheck(int same, int samples) {
  private static final int BATCH = 256;

  /** Compares them on all images of a data set. */
  public static WordCheck of(
      TapeLayer training, Network deployed, Dataset dataset, Workers workers) {
    Tape tape = Tape.evaluating(workers);
    Batches batches = Batches.inOrder(dataset, BATCH);
    int same = 0;
    for (int i = 0; i < batches.count(); i++) {
      Tensor images = batches.get(i).images();
      FixedTensor expected = FixedWords.of(training.forward(tape, images));
      FixedTensor words = deployed.run(
          FixedTensor.quantize(deployed.inputFormat(), images.data(), images.shape()));
      same += words.format().equals(expected.format()) ? same(words, expected) : 0;
      tape.reset();
    }
    return new WordCheck(same, dataset.size());
  }

  private static int same(FixedTensor words, FixedTensor expected) {
    int samples = words.dimension(0);
    long size = words.size() / samples;
    int same = 0;
    for (int i = 0; i < samples; i++) {
      same += isSame(words, expected, i * size, size) ? 1 : 0;
    }
    return same;
  }

  private static boolean isSame(
      FixedTensor words, FixedTensor expected, long first, long count) {
    for (long i = first; i < first + count; i++) {
      if (words.raw(i) != expected.raw(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether they are the same for all. */
  public boolean isComplete() {
    return same == samples;
  }
}
