package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.machine.AmxRoom;
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
  /** The sums. */
  public MemorySegment sums = NONE;
  /** What the sums are cast into, by a micro-kernel that does so. */
  public MemorySegment results = NONE;
  /** The byte offset of the result of the first sum, that of place 0. */
  public long resultOffset;
  /** Bytes from one row of results to the next. */
  public long resultStride;

  /** The numbers that code is called with. */
  public final long[] numbers = new long[30];
  /** The same as memory. */
  public final MemorySegment numberMemory = MemorySegment.ofArray(numbers);

  /** Where activations lie for registers of matrices. */
  public final MatrixPlaces places = new MatrixPlaces();

  private MemorySegment room = NONE;

  /** Returns room for sums in registers of AMX. */
  public MemorySegment room() {
    if (room == NONE) {
      room = AmxRoom.allocate();
    }
    return room;
  }

  /** Lets go of the operands. */
  void release() {
    a = NONE;
    rowBase = NONE;
    runBase = NONE;
    panel = NONE;
    addend = NONE;
    sums = NONE;
    results = NONE;
  }
}
