package io.fixlane.kernels.lanes;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tries, before any vector loop is used, what the JIT makes of the lane operations they rely on.
 *
 * <p>Whether it compiles them rightly: a chain of them is run in each lane type until it has been
 * compiled, beside the same chain on a scalar. That is no idle fear: <a
 * href="https://bugs.openjdk.org/browse/JDK-8384963">JDK-8384963</a> miscompiles a product of
 * longs.
 *
 * <p>Whether it compiles them to vector instructions: where it does not, each operation goes on to
 * allocate its result.
 */
final class Canary {
  /** What the chain does to a word, besides shifts by a few bits. */
  static final long LOW = -77;

  static final long HIGH = 91;
  static final int KEPT = 0x5b;

  // C2 compiles what was called 5,000 times, in the background.
  private static final int RUNS = 20_000;
  // On a busy machine that takes longer; a JIT that knows no vectors never comes to an end.
  private static final int ROUNDS = 20;

  private Canary() {}

  /** Returns which lanes of vectors of so many bits compute wrongly, or null. */
  static @Nullable String complaint(int vectorBits) {
    for (int laneBits = 16; laneBits <= 64; laneBits *= 2) {
      VectorCanary.Data data = new VectorCanary.Data(laneBits, vectorBits);
      LongUnaryOperator chain =
          Specializer.instance(VectorCanary.class, LongUnaryOperator.class, data);
      for (long seed = 0; seed < RUNS; seed++) {
        if (chain.applyAsLong(seed * seed) != chain(seed * seed, laneBits, vectorBits / laneBits)) {
          return "lanes of " + laneBits + " bits, seed " + seed * seed;
        }
      }
    }
    return null;
  }

  /**
   * Returns how much an addition of vectors of so many bits allocates, or null where it comes to
   * allocate nothing and where the JVM does not tell.
   */
  static @Nullable String allocation(int vectorBits) {
    return ModuleLayer.boot().findModule("jdk.management").isPresent()
        ? Allocation.of(
            Specializer.instance(VectorProbe.class, IntUnaryOperator.class, vectorBits))
        : null;
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

  /** Touches jdk.management, and so is loaded only where that is there. */
  private static final class Allocation {
    static @Nullable String of(IntUnaryOperator addition) {
      if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)
          || !threads.isThreadAllocatedMemorySupported()
          || !threads.isThreadAllocatedMemoryEnabled()) {
        return null;
      }
      long bytes = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
          addition.applyAsInt(i);
        }
        bytes = (threads.getCurrentThreadAllocatedBytes() - before) / RUNS;
        if (bytes == 0) {
          return null;
        }
      }
      return "the " + ROUNDS * RUNS + "th addition still allocates " + bytes + " bytes";
    }
  }
}
