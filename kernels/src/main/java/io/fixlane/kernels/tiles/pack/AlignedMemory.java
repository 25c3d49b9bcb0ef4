package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Scratch memory of one thread for lanes of 32 bits that machine code reads. It begins where a line
 * of the cache begins, and so do vectors of 512 bits in it: an array lies anywhere, and what lies
 * in two lines takes twice as long to read.
 */
public final class AlignedMemory {
  /** The bytes of a line. */
  static final int LINE = 64;

  private MemorySegment memory = MemorySegment.NULL;

  /**
   * Makes room for so many lanes; what was there before is lost.
   *
   * @throws IllegalArgumentException if they are more than an array holds
   */
  void ensure(long lanes) {
    if (memory.byteSize() < lanes * Integer.BYTES) {
      long room = Buffer.withRoom(lanes, Container.INT);
      memory = Arena.ofAuto().allocate(room * Integer.BYTES, LINE);
    }
  }

  /** Returns the memory. */
  MemorySegment memory() {
    return memory;
  }
}
