package io.fixlane.kernels.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What code with registers of AMX takes beside its operands: room for the sums of four registers,
 * and behind it what all eight are configured by, as palette 1: 16 rows of 64 bytes each.
 */
public final class AmxRoom {
  /** Where the configuration lies. */
  public static final int CONFIGURATION = 4 * AmxCopy.MATRIX;

  private static final int LINE = 64;
  private static final byte PALETTE = 1;
  private static final int FIRST_ROW_BYTES = 16;
  private static final int FIRST_ROWS = 48;

  private AmxRoom() {}

  /** Allocates it. */
  public static MemorySegment allocate() {
    MemorySegment room = Arena.ofAuto().allocate(CONFIGURATION + LINE, LINE);
    room.set(ValueLayout.JAVA_BYTE, CONFIGURATION, PALETTE);
    for (int i = 0; i < AmxAssembler.REGISTERS; i++) {
      room.set(ValueLayout.JAVA_SHORT_UNALIGNED,
          CONFIGURATION + FIRST_ROW_BYTES + i * Short.BYTES, (short) AmxCopy.STEP);
      room.set(ValueLayout.JAVA_BYTE, CONFIGURATION + FIRST_ROWS + i, (byte) AmxCopy.ROWS);
    }
    return room;
  }
}
