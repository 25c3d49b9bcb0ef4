package io.fixlane.kernels.lanes.loop;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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

  /** Where the configuration of the registers of AMX lies in the {@link #room}. */
  public static final int CONFIGURATION = 4096;

  private static final int LINE = 64;
  private static final int MATRICES = 8;
  private static final int ROW_BYTES = 64;
  private static final byte ROWS = 16;
  private static final int FIRST_ROW_BYTES = 16;
  private static final int FIRST_ROWS = 48;

  private MemorySegment room = NONE;

  /**
   * Returns room for sums of four registers of AMX, and what these are configured by: by palette 1
   * eight matrices of 16 rows of 64 bytes.
   */
  public MemorySegment room() {
    if (room == NONE) {
      MemorySegment made = Arena.ofAuto().allocate(CONFIGURATION + LINE, LINE);
      MemorySegment configuration = made.asSlice(CONFIGURATION);
      configuration.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      for (int i = 0; i < MATRICES; i++) {
        configuration.set(
            ValueLayout.JAVA_SHORT_UNALIGNED, FIRST_ROW_BYTES + i * Short.BYTES, (short) ROW_BYTES);
        configuration.set(ValueLayout.JAVA_BYTE, FIRST_ROWS + i, ROWS);
      }
      room = made;
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
