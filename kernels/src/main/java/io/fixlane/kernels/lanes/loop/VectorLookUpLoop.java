package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.Species;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * {@link LookUpLoop} for tables that fit in a few vectors: permutations look up a lane each. A
 * template that is flattened, and defined for each kind of memory, as {@link VectorLoop} is. A
 * table with fewer words than a vector is repeated until it fills one.
 */
final class VectorLookUpLoop implements Loop {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final Operand A = DATA.recipe().a();
  private static final Container WORD = DATA.recipe().target();
  private static final int VECTORS = DATA.vectors();
  private static final Loop REST =
      new LookUpLoop.Data(DATA.recipe(), DATA.mask(), DATA.memory()).loop();

  private static final VectorSpecies<Long> LANES = Species.of(WORD.type(), DATA.vectorBits());
  private static final VectorSpecies<Long> A_WORDS = Species.of(A.container(), LANES);
  private static final VectorSpecies<Long> A_ELEMENTS =
      Species.elements(DATA.memory().a(), A_WORDS);
  private static final VectorSpecies<Long> TABLE_ELEMENTS =
      Species.elements(DATA.memory().b(), LANES);
  private static final VectorSpecies<Long> TARGET_ELEMENTS =
      Species.elements(DATA.memory().target(), LANES);
  private static final Conversion<Long, Long> EXTENSION = Species.extension(A, LANES);
  private static final int LENGTH = LANES.length();
  private static final int BYTES = LANES.vectorByteSize();

  /**
   * What is mapped.
   *
   * @param recipe a, the table and the results
   * @param mask the bits of a word that are its place in the table
   * @param vectors the vectors that the table fills: 1, 2, 4 or 8
   * @param vectorBits the size of a vector
   * @param memory what the loop runs on
   */
  record Data(LoopRecipe recipe, int mask, int vectors, int vectorBits, VectorLoop.Memory memory) {
    private static final Template<Loop> TEMPLATE = Template.flattened(
        MethodHandles.lookup(), VectorLookUpLoop.class, Loop.class, "compute",
        List.of(VectorWords.class, VectorTable.class), Map.of());

    /** Returns the loop. */
    Loop loop() {
      return TEMPLATE.compile(this);
    }
  }

  @Override
  public int compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, int count, @Nullable CastCounter counter) {
    int bound = LANES.loopBound(count);
    if (bound > 0) {
      // The profile of these calls tells the JIT which class of memory lies where.
      a.byteSize();
      b.byteSize();
      target.byteSize();
      Vector<Long> t0 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset);
      Vector<Long> t1 = t0;
      Vector<Long> t2 = t0;
      Vector<Long> t3 = t0;
      Vector<Long> t4 = t0;
      Vector<Long> t5 = t0;
      Vector<Long> t6 = t0;
      Vector<Long> t7 = t0;
      if (VECTORS > 1) {
        t1 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset + BYTES);
      }
      if (VECTORS > 2) {
        t2 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset + 2 * BYTES);
        t3 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset + 3 * BYTES);
      }
      if (VECTORS > 4) {
        t4 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset + 4 * BYTES);
        t5 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset + 5 * BYTES);
        t6 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset + 6 * BYTES);
        t7 = VectorTable.load(LANES, TABLE_ELEMENTS, b, bOffset + 7 * BYTES);
      }
      for (int i = 0; i < bound; i += LENGTH) {
        Vector<Long> places =
            VectorWords.load(A, LANES, A_WORDS, A_ELEMENTS, EXTENSION, a, aOffset, i);
        Vector<Long> words = switch (VECTORS) {
          case 1 -> places.selectFrom(t0);
          case 2 -> places.selectFrom(t0, t1);
          case 4 -> VectorTable.ofFour(LANES, places, t0, t1, t2, t3);
          default -> VectorTable.ofFour(LANES, places, t0, t1, t2, t3).blend(
              VectorTable.ofFour(LANES, places, t4, t5, t6, t7),
              VectorTable.upper(LANES, places, 4 * LENGTH));
        };
        Vector<Long> bits =
            TARGET_ELEMENTS == LANES ? words : words.reinterpretShape(TARGET_ELEMENTS, 0);
        bits.intoMemorySegment(target, targetOffset + (long) i * WORD.bytes(),
            ByteOrder.nativeOrder());
      }
    }
    return bound == count
        ? count
        : bound + REST.compute(a, A.at(aOffset, bound), b, bOffset, c, cOffset,
            target, targetOffset + (long) bound * WORD.bytes(), count - bound, counter);
  }
}
