package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;

/**
 * {@link VectorSquare} with a long for a vector, of one lane. A template that {@link Template}
 * defines once for each kind of memory.
 */
final class ScalarSquare implements Square {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final int WORD_BITS = DATA.wordBits();
  private static final int SIDE = Long.SIZE / WORD_BITS;
  private static final ValueLayout.OfLong ROW =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The size of a word, and the classes of the segments. */
  record Data(int wordBits, Class<?> source, Class<?> target) {
    private static final Template<Square> TEMPLATE =
        Template.of(MethodHandles.lookup(), ScalarSquare.class, Square.class);

    /** Returns the square. */
    Square square() {
      return TEMPLATE.compile(this);
    }
  }

  @Override
  public int side() {
    return SIDE;
  }

  @Override
  public void transpose(MemorySegment source, long from, long fromStride, MemorySegment target,
      long to, long toStride, long[] rows) {
    // The profile of these calls tells the JIT which class of memory lies where.
    source.byteSize();
    target.byteSize();
    for (int i = 0; i < SIDE; i++) {
      rows[i] = source.get(ROW, from + i * fromStride);
    }
    for (int apart = 1; apart < SIDE; apart *= 2) {
      int shift = apart * WORD_BITS;
      long even = Square.even(shift);
      for (int i = 0; i < SIDE / 2; i++) {
        int first = first(i, apart);
        long changed = (rows[first] >>> shift ^ rows[first + apart]) & even;
        rows[first] ^= changed << shift;
        rows[first + apart] ^= changed;
      }
    }
    for (int i = 0; i < SIDE; i++) {
      target.set(ROW, to + i * toStride, rows[i]);
    }
  }

  /** Returns the first row of a pair that lies so many rows apart, a power of two. */
  private static int first(int pair, int apart) {
    return (pair & -apart) * 2 + (pair & apart - 1);
  }
}
