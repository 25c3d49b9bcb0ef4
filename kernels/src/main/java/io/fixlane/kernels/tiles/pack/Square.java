package io.fixlane.kernels.tiles.pack;

import java.lang.foreign.MemorySegment;

/** Transposes squares of one size, of words of one container in memory of one kind. */
interface Square {
  /** The longs that the rows of any square fill: 64 vectors of 512 bits. */
  int MOST_LONGS = 512;

  /** Returns the words on a side. */
  int side();

  /**
   * Writes the columns of a square as rows.
   *
   * @param source the source
   * @param from the byte offset of its first row
   * @param fromStride bytes from one row of it to the next
   * @param target the target, apart from the source
   * @param to the byte offset of its first row
   * @param toStride bytes from one row of it to the next
   * @param rows room for the rows on their way, twice {@value #MOST_LONGS} longs
   */
  void transpose(MemorySegment source, long from, long fromStride, MemorySegment target, long to,
      long toStride, long[] rows);

  /** Returns the low halves of all pairs of so many bits. */
  static long even(int bits) {
    return Long.divideUnsigned(-1, (1L << bits) + 1);
  }
}
