package io.fixlane.kernels;

import java.lang.foreign.MemorySegment;

/**
 * Rows of words in memory, on the heap or off it, of any alignment.
 *
 * @param segment the memory
 * @param index the place of the first word of the first row, in words
 * @param stride the words from the start of one row to that of the next
 */
public record MatrixView(MemorySegment segment, long index, long stride) {

  /**
   * Makes a view.
   *
   * @throws IllegalArgumentException if the index is negative or the stride not positive
   */
  public MatrixView {
    if (index < 0) {
      throw new IllegalArgumentException("index is " + index + ": it must not be negative");
    }
    if (stride < 1) {
      throw new IllegalArgumentException("stride is " + stride + ": it must be positive");
    }
  }

  /** Returns the rows of a tensor, along its last dimension. */
  static MatrixView of(FixedTensor tensor, int columns) {
    return new MatrixView(tensor.segment(), 0, columns);
  }

  /** Requires rows to lie in the memory, and not in each other where they are written. */
  void require(String name, int rows, int columns, int bytes) {
    if (stride < columns) {
      throw new IllegalArgumentException(
          name + " has the stride " + stride + ": a row has " + columns + " words");
    }
    long words = segment.byteSize() / bytes;
    long needed = rows == 0 ? 0 : Math.multiplyExact(stride, rows - 1L) + columns;
    if (index > words - needed) {
      throw new IllegalArgumentException(name + " has " + words + " words: " + rows + " rows of "
          + columns + " from word " + index + " on, " + stride + " apart, do not lie in it");
    }
  }

  /** Requires rows that are read and rows that are written not to share memory. */
  void requireApart(String name, int rows, int columns, int bytes, MatrixView target,
      int targetColumns, int targetBytes) {
    MemorySegment read = span(rows, columns, bytes);
    MemorySegment written = target.span(rows, targetColumns, targetBytes);
    if (read.asOverlappingSlice(written).isPresent()) {
      throw new IllegalArgumentException(name + " and target overlap: they must be apart");
    }
  }

  private MemorySegment span(int rows, int columns, int bytes) {
    long words = rows == 0 ? 0 : stride * (rows - 1L) + columns;
    return segment.asSlice(index * bytes, words * bytes);
  }
}
