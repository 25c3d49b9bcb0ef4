package io.fixlane.kernels.tiles.pack;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;

/** Loops that bring packed words into the lanes of a unit, where they are integers. */
public final class Widening {
  private Widening() {}

  /**
   * Returns the loops from words to lanes. A lane of fewer bits than the words keeps the low ones.
   */
  public static Loops loops(Container words, boolean signed, Container lane) {
    FixedFormat source = signed
        ? FixedFormat.integers(words.bits())
        : FixedFormat.unsigned(words.bits(), words.bits());
    if (lane.floating()) {
      return Loops.toFloat(source, lane);
    }
    Operand operand = new Operand(words, signed, 0, false);
    return Loops.of(Operation.COPY, operand, null, null, source, 0,
        FixedFormat.integers(lane.bits()), false);
  }
}
