package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * Counts the thresholds that each word reaches by halving the ones in question, as often for every
 * word. A template that is defined once for each kind of memory, as {@link VectorLoop} is.
 */
final class ThresholdLoop implements Loop {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final ThresholdRecipe R = DATA.recipe();
  private static final Operand A = R.a();
  private static final Operand LANE = new Operand(R.lane(), !R.unsigned(), 0, false);
  private static final Container WORD = R.target();
  private static final long ROW = (long) R.period() * R.lane().bytes();

  /** What is computed, and what the loop runs on. */
  record Data(ThresholdRecipe recipe, VectorLoop.Memory memory) {
    private static final Template<Loop> TEMPLATE =
        Template.of(MethodHandles.lookup(), ThresholdLoop.class, Loop.class);

    /** Returns the loop. */
    Loop loop() {
      return TEMPLATE.compile(this);
    }
  }

  @Override
  public int compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, int count, @Nullable CastCounter counter) {
    // The profile of these calls tells the JIT which class of memory lies where.
    a.byteSize();
    b.byteSize();
    target.byteSize();
    int place = 0;
    for (int i = 0; i < count; i++) {
      long x = A.extend(A.container().read(a, A.at(aOffset, i)));
      long lane = LANE.at(bOffset, place);
      long reached = 0;
      for (int left = R.thresholds(); left > 0;) {
        int half = left + 1 >> 1;
        long last = LANE.extend(LANE.container().read(b, lane + (reached + half) * ROW));
        reached += reaches(x, last) ? half : 0;
        left -= half;
      }
      long start = R.lane().read(b, lane);
      WORD.write(target, targetOffset + (long) i * WORD.bytes(), start + reached * R.step());
      place = place + 1 == R.period() ? 0 : place + 1;
    }
    return count;
  }

  private static boolean reaches(long x, long last) {
    return R.unsigned() ? Long.compareUnsigned(x, last) > 0 : x > last;
  }
}
