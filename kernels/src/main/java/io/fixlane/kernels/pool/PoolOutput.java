package io.fixlane.kernels.pool;

import java.lang.foreign.MemorySegment;

/** What becomes of a row of places. */
public interface PoolOutput {
  /**
   * Writes a row of the result.
   *
   * @param row memory that starts with outputWidth pixels in the format of {@link PoolRows}
   * @param outputRow the row of the result
   * @param target the memory of the results
   * @param first where the row's first word goes, in words
   */
  void store(PoolWork work, MemorySegment row, int outputRow, MemorySegment target, long first);

  /** Returns what is done and how. */
  String explain();
}
