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
  /** The image of signs that is read. */
  public long[] image = {};
  /** The rows of signs that its places read. */
  public long[] block = {};
  /** Numbers that come to the sums of places, or are taken from them. */
  MemorySegment constants = MemorySegment.ofArray(new int[0]);
  private int[] constantInts = {};
  /** The place of the block's first row, counted on from image to image. */
  public long firstPlace;

  private BinaryWork() {
    tile.sums = new int[SUMS];
    sums = MemorySegment.ofArray(tile.sums);
  }

  /** Returns the one of this thread. */
  public static BinaryWork own() {
    return OWN.get();
  }

  /** Makes room for an image and a block of so many words. */
  public void reserve(long imageWords, long blockWords) {
    image = image.length < imageWords ? SignRows.array(imageWords) : image;
    block = block.length < blockWords ? SignRows.array(blockWords) : block;
  }

  /** Returns the array of {@link #constants}, which holds so many. */
  int[] constants(int count) {
    if (constantInts.length < count) {
      constantInts = new int[count];
      constants = MemorySegment.ofArray(constantInts);
    }
    return constantInts;
  }
}
