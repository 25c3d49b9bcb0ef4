package io.fixlane.kernels;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Finds a zero word, eight bytes at a time. */
final class ZeroScan {
  private ZeroScan() {}

  /**
   * Returns the index of the first zero among {@code count} words from word {@code from} on, or -1.
   */
  static long firstZero(MemorySegment memory, Container container, long from, long count) {
    int bytes = container.bytes();
    long start = from * bytes;
    long whole = count * bytes & -Long.BYTES;
    long candidates = 0;
    // (x - 1) & ~x has the top bit of a word set where the word is 0, or where a borrow came from a
    // zero word below it.
    long ones =
        container == Container.LONG ? 1 : Long.divideUnsigned(-1L, (1L << container.bits()) - 1);
    long tops = ones << container.bits() - 1;
    for (long i = 0; i < whole; i += Long.BYTES) {
      long words = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, start + i);
      candidates |= words - ones & ~words & tops;
    }
    if (candidates != 0) {
      return firstZeroOneByOne(memory, container, from, count);
    }
    long scanned = whole / bytes;
    return firstZeroOneByOne(memory, container, from + scanned, count - scanned);
  }

  private static long firstZeroOneByOne(MemorySegment memory, Container container, long from,
      long count) {
    for (long i = from; i < from + count; i++) {
      if (container.read(memory, i * container.bytes()) == 0) {
        return i;
      }
    }
    return -1;
  }
}
