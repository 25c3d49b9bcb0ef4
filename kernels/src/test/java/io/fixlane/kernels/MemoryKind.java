package io.fixlane.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where the words of a tensor can lie. */
enum MemoryKind {
  BYTES, SHORTS, INTS, LONGS, NATIVE;

  /**
   * Zeros that start {@code offset} bytes into the memory, so at any alignment, and end 16 bytes
   * before its end.
   */
  MemorySegment allocate(long byteSize, int offset) {
    return whole(offset + byteSize + 16).asSlice(offset, byteSize);
  }

  /** At least {@code byteSize} zeros. */
  MemorySegment whole(long byteSize) {
    int longs = (int) (byteSize / 8 + 1);
    return switch (this) {
      case BYTES -> MemorySegment.ofArray(new byte[8 * longs]);
      case SHORTS -> MemorySegment.ofArray(new short[4 * longs]);
      case INTS -> MemorySegment.ofArray(new int[2 * longs]);
      case LONGS -> MemorySegment.ofArray(new long[longs]);
      case NATIVE -> Arena.ofAuto().allocate(8L * longs, 8);
    };
  }
}
