package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Turns planes of channels into pixels of channels, and back. */
public final class Transposition {
  // Words on a side of a block whose source and target lie in the L1 cache.
  private static final int BLOCK = 32;

  private Transposition() {}

  /**
   * Copies a matrix: {@code target[column][row] = source[row][column]}.
   *
   * @param container what words lie in
   * @param source the source
   * @param from its byte offset
   * @param fromStride words from one row of it to the next
   * @param target the target
   * @param to its byte offset
   * @param toStride words from one column of the source to the next, in the target
   * @param rows the source's rows
   * @param columns the source's columns
   */
  public static void transpose(Container container, MemorySegment source, long from,
      long fromStride,
      MemorySegment target, long to, long toStride, int rows, int columns) {
    for (int row = 0; row < rows; row += BLOCK) {
      for (int column = 0; column < columns; column += BLOCK) {
        block(container, source, from + (row * fromStride + column) * container.bytes(),
            fromStride, target, to + (column * toStride + row) * container.bytes(), toStride,
            Math.min(BLOCK, rows - row), Math.min(BLOCK, columns - column));
      }
    }
  }

  private static void block(Container container, MemorySegment source, long from, long fromStride,
      MemorySegment target, long to, long toStride, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        long read = from + (row * fromStride + column) * container.bytes();
        long write = to + (column * toStride + row) * container.bytes();
        switch (container) {
          case BYTE -> target.set(ValueLayout.JAVA_BYTE, write,
              source.get(ValueLayout.JAVA_BYTE, read));
          case SHORT -> target.set(ValueLayout.JAVA_SHORT_UNALIGNED, write,
              source.get(ValueLayout.JAVA_SHORT_UNALIGNED, read));
          case INT, FLOAT -> target.set(ValueLayout.JAVA_INT_UNALIGNED, write,
              source.get(ValueLayout.JAVA_INT_UNALIGNED, read));
          case LONG, DOUBLE -> target.set(ValueLayout.JAVA_LONG_UNALIGNED, write,
              source.get(ValueLayout.JAVA_LONG_UNALIGNED, read));
        }
      }
    }
  }
}
