package io.fixlane.kernels.tiles.pack;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.fixlane.kernels.lanes.Species;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * A square whose rows are vectors, of words of 8 or 16 bits. Each step, of half the square, a
 * quarter, ..., one word, transposes the blocks of 2 x 2 that are so wide: the second block of a
 * row and the first of the row so far below change places.
 *
 * <pre>
 *   a b c d      a b i j      a e i m      two words apart, then one
 *   e f g h      e f m n      b f j n
 *   i j k l      c d k l      c g k o
 *   m n o p      g h o p      d h l p
 * </pre>
 *
 * <p>Longs move by permutations, and words within a long by shifts. Rows lie in memory between
 * steps, since they are more than there are registers, and so two steps are made at once where they
 * are of one kind. A step writes the rows of a pair one below the other: then the rows that the
 * next step pairs are again as far apart as in the first, and after the last step all are at their
 * places.
 *
 * <p>A template that {@link Template} defines once for each kind of memory.
 */
final class VectorSquare implements Square {
  /** The shortest vectors: C2 compiles no permutation of two longs. */
  static final int FEWEST_BITS = 256;

  /** The widest words. */
  static final int MOST_WORD_BITS = 16;

  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final int WORD_BITS = DATA.wordBits();
  private static final VectorSpecies<Long> LANES = Species.of(long.class, DATA.vectorBits());
  private static final VectorSpecies<Long> SOURCE = Species.elements(DATA.source(), LANES);
  private static final VectorSpecies<Long> TARGET = Species.elements(DATA.target(), LANES);
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LENGTH = LANES.length();
  private static final int IN_LANE = Long.SIZE / WORD_BITS;
  private static final int SIDE = IN_LANE * LENGTH;
  private static final int HALF = SIDE / 2;
  private static final int QUARTER = SIDE / 4;
  private static final VectorShuffle<Long> HALVES = swap(LENGTH / 2);
  private static final VectorMask<Long> SECOND_HALF = second(LENGTH / 2);
  private static final VectorShuffle<Long> QUARTERS = swap(LENGTH / 4);
  private static final VectorMask<Long> SECOND_QUARTERS = second(LENGTH / 4);
  private static final VectorShuffle<Long> EIGHTHS = swap(LENGTH / 8);
  private static final VectorMask<Long> SECOND_EIGHTHS = second(LENGTH / 8);
  private static final long FOURS = Square.even(32);
  private static final long TWOS = Square.even(2 * WORD_BITS);
  private static final long ONES = Square.even(WORD_BITS);

  /** The bits of a word and of a vector, and the classes of the segments. */
  record Data(int wordBits, int vectorBits, Class<?> source, Class<?> target) {
    private static final Template<Square> TEMPLATE =
        Template.of(MethodHandles.lookup(), VectorSquare.class, Square.class);

    /** Returns the square. */
    Square square() {
      return TEMPLATE.compile(this);
    }
  }

  private static VectorShuffle<Long> swap(int lanes) {
    return VectorShuffle.fromOp(LANES, lane -> lane ^ lanes);
  }

  private static VectorMask<Long> second(int lanes) {
    return VectorMask.fromLong(LANES, lanes == 0 ? 0 : ~Square.even(lanes));
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
    long quarter = QUARTER * fromStride;
    for (int i = 0; i < QUARTER; i++) {
      long row = from + i * fromStride;
      LongVector a = SOURCE.fromMemorySegment(source, row, ORDER).reinterpretAsLongs();
      LongVector b = SOURCE.fromMemorySegment(source, row + quarter, ORDER).reinterpretAsLongs();
      LongVector c =
          SOURCE.fromMemorySegment(source, row + 2 * quarter, ORDER).reinterpretAsLongs();
      LongVector d =
          SOURCE.fromMemorySegment(source, row + 3 * quarter, ORDER).reinterpretAsLongs();
      LongVector ac = a.blend(c.rearrange(HALVES), SECOND_HALF);
      LongVector ca = a.rearrange(HALVES).blend(c, SECOND_HALF);
      LongVector bd = b.blend(d.rearrange(HALVES), SECOND_HALF);
      LongVector db = b.rearrange(HALVES).blend(d, SECOND_HALF);
      int write = 4 * i * LENGTH;
      ac.blend(bd.rearrange(QUARTERS), SECOND_QUARTERS).intoArray(rows, write);
      ac.rearrange(QUARTERS).blend(bd, SECOND_QUARTERS).intoArray(rows, write + LENGTH);
      ca.blend(db.rearrange(QUARTERS), SECOND_QUARTERS).intoArray(rows, write + 2 * LENGTH);
      ca.rearrange(QUARTERS).blend(db, SECOND_QUARTERS).intoArray(rows, write + 3 * LENGTH);
    }
    int read = 0;
    if (LENGTH == 8) {
      int write = MOST_LONGS - read;
      for (int i = 0; i < HALF; i++) {
        LongVector a = LongVector.fromArray(LANES, rows, read + i * LENGTH);
        LongVector b = LongVector.fromArray(LANES, rows, read + (i + HALF) * LENGTH);
        a.blend(b.rearrange(EIGHTHS), SECOND_EIGHTHS).intoArray(rows, write + 2 * i * LENGTH);
        a.rearrange(EIGHTHS).blend(b, SECOND_EIGHTHS)
            .intoArray(rows, write + (2 * i + 1) * LENGTH);
      }
      read = write;
    }
    if (WORD_BITS == 8) {
      int write = MOST_LONGS - read;
      for (int i = 0; i < HALF; i++) {
        LongVector a = LongVector.fromArray(LANES, rows, read + i * LENGTH);
        LongVector b = LongVector.fromArray(LANES, rows, read + (i + HALF) * LENGTH);
        LongVector ab = a.lanewise(LSHR, 32).lanewise(XOR, b).and(FOURS);
        a.lanewise(XOR, ab.lanewise(LSHL, 32)).intoArray(rows, write + 2 * i * LENGTH);
        b.lanewise(XOR, ab).intoArray(rows, write + (2 * i + 1) * LENGTH);
      }
      read = write;
    }
    for (int i = 0; i < QUARTER; i++) {
      int first = read + i * LENGTH;
      LongVector a = LongVector.fromArray(LANES, rows, first);
      LongVector b = LongVector.fromArray(LANES, rows, first + QUARTER * LENGTH);
      LongVector c = LongVector.fromArray(LANES, rows, first + 2 * QUARTER * LENGTH);
      LongVector d = LongVector.fromArray(LANES, rows, first + 3 * QUARTER * LENGTH);
      LongVector ac = a.lanewise(LSHR, 2 * WORD_BITS).lanewise(XOR, c).and(TWOS);
      LongVector bd = b.lanewise(LSHR, 2 * WORD_BITS).lanewise(XOR, d).and(TWOS);
      LongVector e = a.lanewise(XOR, ac.lanewise(LSHL, 2 * WORD_BITS));
      LongVector f = b.lanewise(XOR, bd.lanewise(LSHL, 2 * WORD_BITS));
      LongVector g = c.lanewise(XOR, ac);
      LongVector h = d.lanewise(XOR, bd);
      LongVector ef = e.lanewise(LSHR, WORD_BITS).lanewise(XOR, f).and(ONES);
      LongVector gh = g.lanewise(LSHR, WORD_BITS).lanewise(XOR, h).and(ONES);
      long row = to + 4 * i * toStride;
      e.lanewise(XOR, ef.lanewise(LSHL, WORD_BITS)).reinterpretShape(TARGET, 0)
          .intoMemorySegment(target, row, ORDER);
      f.lanewise(XOR, ef).reinterpretShape(TARGET, 0)
          .intoMemorySegment(target, row + toStride, ORDER);
      g.lanewise(XOR, gh.lanewise(LSHL, WORD_BITS)).reinterpretShape(TARGET, 0)
          .intoMemorySegment(target, row + 2 * toStride, ORDER);
      h.lanewise(XOR, gh).reinterpretShape(TARGET, 0)
          .intoMemorySegment(target, row + 3 * toStride, ORDER);
    }
  }
}
