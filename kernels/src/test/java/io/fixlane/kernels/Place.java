package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/**
 * A range of words: {@code index} words after the start of memory of a kind, which starts at any
 * byte.
 */
record Place(MemoryKind kind, int offset, int index) {

  /** Random places. */
  static final class Places extends DomainContextBase {
    @Provide
    static Arbitrary<Place> places() {
      return Combinators.combine(
          Arbitraries.of(MemoryKind.class), Arbitraries.integers().between(0, 9),
          Arbitraries.integers().between(0, 70)).as(Place::new);
    }
  }

  /**
   * Returns noise with room for {@code words} words after the first {@code index}, and some after
   * them.
   */
  MemorySegment memory(FixedFormat format, int words, Random random) {
    return Words.noise(kind.allocate(bytes(format, index + words + 3), offset), random);
  }

  /** Returns the range of {@code words} words in memory that this place has made. */
  FixedTensor range(FixedFormat format, MemorySegment memory, int words) {
    return FixedTensor.of(format, memory.asSlice(bytes(format, index), bytes(format, words)),
        words);
  }

  private static long bytes(FixedFormat format, int words) {
    return FixedTensor.allocate(format, words).segment().byteSize();
  }
}
