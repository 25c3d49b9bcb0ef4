package io.fixlane.kernels.signs;

import java.lang.foreign.MemorySegment;

/** What one thread needs to compute signs, kept from run to run: so a run allocates nothing. */
public final class BinaryWork {
  /** The sums of a block. */
  static final int SUMS = 1 << 14;
  /** The signs of a part of a row; a whole number of words of bits. */
  public static final int SIGNS = 1 << 12;

  private static final ThreadLocal<BinaryWork> OWN = ThreadLocal.withInitial(BinaryWork::new);

  public final BinaryTile tile = new BinaryTile();
  public final byte[] signs = new byte[SIGNS];
  public final MemorySegment signBytes = MemorySegment.ofArray(signs);
  final MemorySegment sums;

  private BinaryWork() {
    tile.sums = new int[SUMS];
    sums = MemorySegment.ofArray(tile.sums);
  }

  /** Returns the one of this thread. */
  public static BinaryWork own() {
    return OWN.get();
  }
}
