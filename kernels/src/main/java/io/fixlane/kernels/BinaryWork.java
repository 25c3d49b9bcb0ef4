package io.fixlane.kernels;

import io.fixlane.kernels.lanes.BinaryTile;
import java.lang.foreign.MemorySegment;

/** What one thread needs to compute signs, kept from run to run: so a run allocates nothing. */
final class BinaryWork {
  /** The sums of a block. */
  static final int SUMS = 1 << 14;
  /** The signs of a part of a row; a whole number of words of bits. */
  static final int SIGNS = 1 << 12;

  private static final ThreadLocal<BinaryWork> OWN = ThreadLocal.withInitial(BinaryWork::new);

  final BinaryTile tile = new BinaryTile();
  final byte[] signs = new byte[SIGNS];
  final MemorySegment signBytes = MemorySegment.ofArray(signs);
  final MemorySegment sums;

  private BinaryWork() {
    tile.sums = new int[SUMS];
    sums = MemorySegment.ofArray(tile.sums);
  }

  /** Returns the one of this thread. */
  static BinaryWork own() {
    return OWN.get();
  }
}
