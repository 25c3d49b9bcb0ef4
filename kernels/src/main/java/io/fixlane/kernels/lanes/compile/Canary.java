package io.fixlane.kernels.lanes.compile;

import io.fixlane.kernels.lanes.Species;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before any vector loop is used, that the JIT compiles the lane operations they rely on
 * rightly: a chain of them is run in each lane type until it has been compiled, beside the same
 * chain on a scalar. That is no idle fear: <a
 * href="https://bugs.openjdk.org/browse/JDK-8384963">JDK-8384963</a> miscompiles a product of
 * longs.
 */
final class Canary {
  /** What the chain does to a word, besides shifts by a few bits. */
  static final long LOW = -77;

  static final long HIGH = 91;
  static final int KEPT = 0x5b;

  // C2 compiles what was called 5,000 times, in the background.
  private static final int RUNS = 20_000;

  private Canary() {}

  /** Returns which lanes of vectors of so many bits compute wrongly, or null. */
  static @Nullable String complaint(int vectorBits) {
    for (int laneBits = 16; laneBits <= 64; laneBits *= 2) {
      LongUnaryOperator chain = new VectorCanary.Data(laneBits, vectorBits).chain();
      for (long seed = 0; seed < RUNS; seed++) {
        if (chain.applyAsLong(seed * seed) != chain(seed * seed, laneBits, vectorBits / laneBits)) {
          return "lanes of " + laneBits + " bits, seed " + seed * seed;
        }
      }
    }
    return null;
  }

  /**
   * Runs the chain on the words seed, seed + 1, ..., each in a lane of its own, and folds the
   * results.
   */
  private static long chain(long seed, int laneBits, int lanes) {
    long folded = 0;
    for (int lane = 0; lane < lanes; lane++) {
      long x = Species.word(seed + lane, laneBits);
      long product = Species.word(x * (x >> 3), laneBits);
      long clamped = Math.clamp(product, LOW, HIGH);
      long rest = Species.word((product & KEPT) + (clamped ^ x >> laneBits - 1), laneBits);
      long wrapped = Species.word(rest << 2, laneBits) >> 1;
      long mask = -1L >>> 64 - laneBits;
      boolean out = Long.compareUnsigned(x - LOW & mask, HIGH - LOW) > 0;
      folded ^= out ? wrapped : Species.word((product & mask) >>> 2, laneBits);
    }
    return folded;
  }
}
