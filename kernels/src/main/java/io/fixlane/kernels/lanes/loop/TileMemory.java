package io.fixlane.kernels.lanes.loop;

import java.lang.foreign.MemorySegment;

/**
 * The arrays of a {@link Tile} as memory, for micro-kernels that are machine code: a segment is an
 * object, and a run makes none.
 */
public final class TileMemory {
  private static final MemorySegment NONE = MemorySegment.NULL;

  /** The activations. */
  public MemorySegment a = NONE;
  /** Where the activations of each row start. */
  public MemorySegment rowBase = NONE;
  /** Where each run starts. */
  public MemorySegment runBase = NONE;
  /** The weights. */
  public MemorySegment panel = NONE;
  /** What the sums are added to. */
  public MemorySegment addend = NONE;
  /** The results. */
  public MemorySegment sums = NONE;

  /** The numbers that code is called with. */
  public final long[] numbers = new long[20];
  /** The same as memory. */
  public final MemorySegment numberMemory = MemorySegment.ofArray(numbers);

  /** Lets go of the operands. */
  void release() {
    a = NONE;
    rowBase = NONE;
    runBase = NONE;
    panel = NONE;
    addend = NONE;
    sums = NONE;
  }
}
