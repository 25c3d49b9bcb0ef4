package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.cast.CastCounter;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * Maps words through a table, b, that lies in the order of their low bits read as unsigned. A
 * template that is defined once for each kind of memory, as {@link VectorLoop} is: a load is all
 * that an element costs.
 */
final class LookUpLoop implements Loop {
  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final Operand A = DATA.recipe().a();
  private static final Container WORD = DATA.recipe().target();
  private static final int MASK = DATA.mask();

  /**
   * What is mapped.
   *
   * @param recipe a, the table and the results
   * @param mask the bits of a word that are its place in the table
   * @param memory what the loop runs on
   */
  record Data(LoopRecipe recipe, int mask, VectorLoop.Memory memory) {
    private static final Template<Loop> TEMPLATE =
        Template.of(MethodHandles.lookup(), LookUpLoop.class, Loop.class);

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
    for (int i = 0; i < count; i++) {
      int place = (int) A.container().read(a, A.at(aOffset, i)) & MASK;
      long word = WORD.read(b, bOffset + (long) place * WORD.bytes());
      WORD.write(target, targetOffset + (long) i * WORD.bytes(), word);
    }
    return count;
  }
}
