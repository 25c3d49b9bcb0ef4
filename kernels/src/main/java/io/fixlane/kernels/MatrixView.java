package io.fixlane.kernels;

import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

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
    Objects.requireNonNull(segment, "segment");
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
    long left = words - index;
    boolean lie = rows == 0
        ? left >= 0
        : left >= columns && (rows == 1 || stride <= (left - columns) / (rows - 1));
    if (!lie) {
      throw new IllegalArgumentException(name + " has " + words + " words: " + rows + " rows of "
          + columns + " from word " + index + " on, " + stride + " apart, do not lie in it");
    }
  }

  /** Requires rows that are read and rows that are written not to share memory. */
  void requireApart(String name, int rows, int columns, int bytes, MatrixView target,
      int targetColumns, int targetBytes) {
    MemorySegment written = target.segment;
    if (segment != written && segment.asOverlappingSlice(written).isEmpty()) {
      return;
    }
    long from = segment.address() + index * bytes;
    long targetFrom = written.address() + target.index * targetBytes;
    boolean apart = from + bytes(rows, columns, bytes) <= targetFrom
        || targetFrom + target.bytes(rows, targetColumns, targetBytes) <= from;
    if (!apart) {
      throw overlap(name);
    }
  }

  /** Requires what is read and what is written not to share memory. */
  static void requireApart(String name, MemorySegment read, MemorySegment written) {
    if (read.asOverlappingSlice(written).isPresent()) {
      throw overlap(name);
    }
  }

  private static IllegalArgumentException overlap(String name) {
    return new IllegalArgumentException(name + " and target overlap: they must be apart");
  }

  /** Returns the size of what rows span. */
  private long bytes(int rows, int columns, int bytes) {
    return rows == 0 ? 0 : (stride * (rows - 1L) + columns) * bytes;
  }
}
