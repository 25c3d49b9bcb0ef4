package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The casts of a layer's sums, so that what they do can be counted. Kernels have no sums in memory:
 * to count, they are formed once more, by a plan whose results they are.
 *
 * @param sums the format of the sums: the accumulator's, or one that holds any sum exactly
 * @param outputs what the sums of each output channel are cast into; one alone is that of all
 */
record SumCasts(FixedFormat sums, List<FixedFormat> outputs) {
  /** How many words of sums are formed at once, about: they stay in a cache. */
  private static final int WORDS = 1 << 16;

  /**
   * Returns the casts behind sums of so many products.
   *
   * @throws IllegalArgumentException if exact sums may need more than 64 bits
   */
  static SumCasts of(FixedFormat product, int products, OutputStage stage) {
    FixedFormat accumulator = stage.accumulator();
    FixedFormat sums = accumulator == null ? exact(product, products, stage.bias()) : accumulator;
    return new SumCasts(sums, stage.outputs());
  }

  private static FixedFormat exact(FixedFormat product, int products, @Nullable FixedTensor bias) {
    int carries = Integer.SIZE - Integer.numberOfLeadingZeros(products);
    FixedFormat sum =
        product.withBits(product.width() + carries, product.integerBits() + carries);
    FixedFormat exact = bias == null ? sum : sum.plus(bias.format());
    if (exact.width() > Long.SIZE) {
      throw new IllegalArgumentException("sums of " + products + " products of " + product
          + " need " + exact.width() + " bits: casts are counted from sums of at most 64");
    }
    return exact;
  }

  /** Returns the stage of a plan whose results are the sums. */
  OutputStage stage(OutputStage stage) {
    OutputStage made = OutputStage.to(sums);
    made = stage.bias() == null ? made : made.withBias(stage.bias());
    made = stage.accumulator() == null ? made : made.withAccumulator(stage.accumulator());
    return stage.relu() ? made.withRelu() : made;
  }

  /** Returns how many rows of so many words are formed at once. */
  static int rowsAtOnce(int rowWords) {
    return Math.max(1, WORDS / rowWords);
  }

  /**
   * Counts what becomes of sums.
   *
   * @param words the sums
   * @param channels the output channels
   * @param neighbours how many sums of one channel follow each other, then those of the next
   * @param statistics what to count into
   */
  void count(FixedTensor words, int channels, int neighbours, CastStatistics statistics) {
    if (outputs.size() == 1) {
      count(outputs.getFirst(), words, statistics);
      return;
    }
    int count = Math.toIntExact(words.size() / channels);
    for (int channel = 0; channel < channels; channel++) {
      FixedTensor own = FixedTensor.allocate(sums, count);
      for (int i = 0; i < count; i++) {
        long block = (long) (i / neighbours) * channels + channel;
        own.setRaw(i, words.raw(block * neighbours + i % neighbours));
      }
      count(outputs.get(channel), own, statistics);
    }
  }

  private void count(FixedFormat output, FixedTensor words, CastStatistics statistics) {
    FixedTensor results = FixedTensor.allocate(output, words.shape());
    Cast.of(sums, output).run(words, results, statistics);
  }
}
