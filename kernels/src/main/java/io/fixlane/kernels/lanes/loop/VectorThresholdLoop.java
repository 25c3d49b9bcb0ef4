package io.fixlane.kernels.lanes.loop;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.UGT;

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
import jdk.incubator.vector.VectorOperators.Comparison;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * {@link ThresholdLoop} in vectors: every threshold is compared, and adds its step where it is
 * reached. A template that is flattened, and defined for each kind of memory, as {@link VectorLoop}
 * is. One vector at a time: of accumulators of four, C2 made objects now and then.
 */
final class VectorThresholdLoop implements Loop {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final ThresholdRecipe R = DATA.recipe();
  private static final Operand A = R.a();
  private static final Container WORD = R.target();
  private static final Loop REST = new ThresholdLoop.Data(R, DATA.memory()).loop();

  private static final VectorSpecies<Long> LANES =
      Species.of(R.lane().type(), R.lanes() * R.lane().bits());
  private static final VectorSpecies<Long> A_WORDS = Species.of(A.container(), LANES);
  private static final VectorSpecies<Long> A_ELEMENTS =
      Species.elements(DATA.memory().a(), A_WORDS);
  private static final VectorSpecies<Long> ROW_ELEMENTS =
      Species.elements(DATA.memory().b(), LANES);
  private static final VectorSpecies<Long> TARGETS = Species.of(WORD, LANES);
  private static final VectorSpecies<Long> TARGET_ELEMENTS =
      Species.elements(DATA.memory().target(), TARGETS);
  private static final Conversion<Long, Long> EXTENSION = Species.extension(A, LANES);
  private static final Conversion<Long, Long> TARGET_CONVERSION =
      Species.conversion(LANES, TARGETS);
  private static final Comparison ABOVE = R.unsigned() ? UGT : GT;
  private static final int LENGTH = LANES.length();
  private static final int LANE_BYTES = R.lane().bytes();
  private static final int PERIOD = R.period();
  private static final int ROW = PERIOD * LANE_BYTES;
  private static final int END = (R.thresholds() + 1) * ROW;

  /** What is computed, and what the loop runs on. */
  record Data(ThresholdRecipe recipe, VectorLoop.Memory memory) {
    private static final Template<Loop> TEMPLATE = Template.flattened(
        MethodHandles.lookup(), VectorThresholdLoop.class, Loop.class, "compute",
        List.of(VectorThresholdLoop.class, VectorWords.class, VectorTable.class), Map.of());

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
    int place = 0;
    if (bound > 0) {
      // The profile of these calls tells the JIT which class of memory lies where.
      a.byteSize();
      b.byteSize();
      target.byteSize();
      Vector<Long> step = VectorWords.constant(LANES, R.step());
      for (int i = 0; i < bound; i += LENGTH) {
        long row = bOffset + (long) place * LANE_BYTES;
        Vector<Long> x = VectorWords.load(A, LANES, A_WORDS, A_ELEMENTS, EXTENSION, a, aOffset, i);
        Vector<Long> y = VectorTable.load(LANES, ROW_ELEMENTS, b, row);
        for (int at = ROW; at < END; at += ROW) {
          y = y.add(step, x.compare(ABOVE, VectorTable.load(LANES, ROW_ELEMENTS, b, row + at)));
        }
        store(y, target, targetOffset + (long) i * WORD.bytes());
        place = place + LENGTH == PERIOD ? 0 : place + LENGTH;
      }
    }
    return bound == count
        ? count
        : bound + REST.compute(a, A.at(aOffset, bound), b, bOffset + (long) place * LANE_BYTES, c,
            cOffset, target, targetOffset + (long) bound * WORD.bytes(), count - bound, counter);
  }

  private static void store(Vector<Long> y, MemorySegment target, long offset) {
    Vector<Long> words = TARGETS == LANES ? y : y.convertShape(TARGET_CONVERSION, TARGETS, 0);
    Vector<Long> bits =
        TARGET_ELEMENTS == TARGETS ? words : words.reinterpretShape(TARGET_ELEMENTS, 0);
    bits.intoMemorySegment(target, offset, ByteOrder.nativeOrder());
  }
}
