package io.fixlane.autograd.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Orders in which the images of a data set come. */
final class Shuffle {
  /** Spreads the epochs over the seeds: the odd number nearest to 2^64 over the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Shuffle() {}

  /** Returns what is drawn from in an epoch. */
  static long seed(long seed, int epoch) {
    return new SplittableRandom(seed).nextLong() + SPREAD * epoch;
  }

  /** Returns from, from + 1, and so on, before to. */
  static int[] ascending(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  /**
   * Returns 0..size-1 in an order that depends on the seed and the epoch alone: to go on in the
   * middle of an epoch, no state of a generator is needed.
   */
  static int[] order(int size, long seed, int epoch) {
    SplittableRandom random = new SplittableRandom(seed(seed, epoch));
    int[] order = ascending(0, size);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
