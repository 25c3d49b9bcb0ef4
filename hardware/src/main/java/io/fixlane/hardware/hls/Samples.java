package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import java.util.SplittableRandom;

/** The samples of a test bench, the same each time. */
final class Samples {
  private static final long SEED = 20_260_101;
  private static final int EDGES = 3;

  private Samples() {}

  /**
   * Returns samples of words that casts into their format give: all the smallest, all the largest,
   * all 0, and then random ones over the whole range.
   */
  static FixedTensor of(TensorType type, int count) {
    FixedFormat format = type.format();
    long least = format.minKeptRaw().longValue();
    long most = format.maxKeptRaw().longValue();
    SplittableRandom random = new SplittableRandom(SEED);
    int[] shape = new int[type.shape().size() + 1];
    shape[0] = count;
    System.arraycopy(type.dimensions(), 0, shape, 1, type.shape().size());
    FixedTensor samples = FixedTensor.allocate(format, shape);
    for (long i = 0; i < samples.size(); i++) {
      long sample = i / type.size();
      samples.setRaw(i, switch ((int) Math.min(sample, EDGES)) {
        case 0 -> least;
        case 1 -> most;
        case 2 -> 0;
        default -> between(random, least, most);
      });
    }
    return samples;
  }

  /** The ends are bits: of an unsigned format of 64 bits the larger one is -1. */
  private static long between(SplittableRandom random, long least, long most) {
    return least <= most && most != Long.MAX_VALUE
        ? random.nextLong(least, most + 1)
        : random.nextLong();
  }
}
