package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.ProductSpec;
import io.fixlane.kernels.tiles.Unit;
import io.fixlane.kernels.tiles.WeightMatrix;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Draft. */
final class Layers {
  private Layers() {}

  static WeightMatrix matrix(FixedTensor weights, int k, int n) {
    Container c = Container.of(weights.format());
    boolean signed = weights.format().signed();
    int zeros = 64 - c.bits();
    MemorySegment m = weights.segment();
    return new WeightMatrix() {
      public int k() { return k; }
      public int n() { return n; }
      public long at(int kk, int nn) {
        long w = c.read(m, ((long) kk * n + nn) * c.bytes());
        return signed ? w : w << zeros >>> zeros;
      }
    };
  }

  static ProductSpec spec(FixedFormat activations, FixedFormat weightFormat, WeightMatrix w, OutputStage stage, int run, int cell, boolean lanewise, @Nullable Unit forced) {
    FixedTensor b = bias(stage);
    FixedFormat acc = stage.accumulatorFormat();
    BigInteger[] words = null;
    FixedFormat bf = b != null ? b.format() : acc != null ? acc : activations;
    if (b != null) {
      words = new BigInteger[(int) b.size()];
      for (int i = 0; i < words.length; i++) {
        words[i] = bf.signed() ? BigInteger.valueOf(b.raw(i)) : new BigInteger(Long.toUnsignedString(b.raw(i)));
      }
    }
    return new ProductSpec(activations, weightFormat, w, words, bf, acc, run, cell, lanewise, forced);
  }

  static @Nullable FixedTensor bias(OutputStage stage) {
    FixedTensor bias = stage.biasWords();
    FixedFormat acc = stage.accumulatorFormat();
    if (bias == null || acc == null) return bias;
    FixedTensor b = FixedTensor.allocate(acc, (int) bias.size());
    Cast.of(bias.format(), acc).run(bias.reshape((int) bias.size()), b);
    return b;
  }
}
