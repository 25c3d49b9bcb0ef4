package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.cast.CastCounter;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A compiled loop over elements. Offsets are in bytes; operands that the operation does not have
 * are ignored.
 */
public interface Loop {
  /**
   * Computes {@code count} elements. Nothing is checked but the bounds of the memory.
   *
   * @param a first operand
   * @param aOffset where it starts
   * @param b second operand
   * @param bOffset where it starts
   * @param c third operand
   * @param cOffset where it starts
   * @param target results
   * @param targetOffset where they start
   * @param count the number of elements
   * @param counter what a loop that counts counts into; null where it does not
   * @return the number of elements computed: {@code count}, or the index of the first number
   *     without a meaning, such as NaN
   */
  int compute(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, MemorySegment c, long cOffset,
      MemorySegment target, long targetOffset, int count, @Nullable CastCounter counter);
}
