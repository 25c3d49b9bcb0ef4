package io.fixlane.tensor.npy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Elements of arrays in memory. */
final class Elements {
  /** What an array holds for sure. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Elements() {}

  /**
   * Returns memory for so many elements.
   *
   * @throws IllegalArgumentException if an array cannot hold them
   */
  static MemorySegment allocate(NpyType type, long size) {
    int length = length(size);
    return switch (type.bytes()) {
      case 1 -> MemorySegment.ofArray(new byte[length]);
      case 2 -> MemorySegment.ofArray(new short[length]);
      case 4 -> MemorySegment.ofArray(new int[length]);
      default -> MemorySegment.ofArray(new long[length]);
    };
  }

  /**
   * Returns the length of an array of so many elements.
   *
   * @throws IllegalArgumentException if it would be too long
   */
  static int length(long size) {
    if (size > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "has " + size + " elements: an array in memory holds at most " + LONGEST_ARRAY);
    }
    return (int) size;
  }

  /** Copies elements of a file into the machine's byte order, as many as the target has. */
  static void copy(NpyHeader header, MemorySegment source, MemorySegment target) {
    ByteOrder order = header.order();
    ByteOrder own = ByteOrder.nativeOrder();
    long count = target.byteSize() / header.type().bytes();
    switch (header.type().bytes()) {
      case 1 -> MemorySegment.copy(source, 0, target, 0, count);
      case 2 -> MemorySegment.copy(source, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 0,
          target, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(own), 0, count);
      case 4 -> MemorySegment.copy(source, ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), 0,
          target, ValueLayout.JAVA_INT_UNALIGNED.withOrder(own), 0, count);
      default -> MemorySegment.copy(source, ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 0,
          target, ValueLayout.JAVA_LONG_UNALIGNED.withOrder(own), 0, count);
    }
  }

  /** Returns elements that lie column by column in row-major order. */
  static MemorySegment rowMajor(NpyType type, List<Long> shape, MemorySegment columns) {
    int rank = shape.size();
    long[] strides = new long[rank];
    long size = 1;
    for (int d = 0; d < rank; d++) {
      strides[d] = size;
      size *= shape.get(d);
    }
    MemorySegment rows = allocate(type, size);
    int bytes = type.bytes();
    long[] index = new long[rank];
    long from = 0;
    for (long to = 0; to < size; to++) {
      MemorySegment.copy(columns, from * bytes, rows, to * bytes, bytes);
      for (int d = rank - 1; d >= 0; d--) {
        from += strides[d];
        if (++index[d] < shape.get(d)) {
          break;
        }
        from -= strides[d] * shape.get(d);
        index[d] = 0;
      }
    }
    return rows;
  }
}
