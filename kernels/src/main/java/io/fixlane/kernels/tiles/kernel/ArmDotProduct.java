package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.DotInstructions;

/** Dot products of bytes by sdot of AArch64, which has no instruction of words of 16 bits. */
final class ArmDotProduct extends DotProduct {
  // Beside the sums there are four activations of each row, and the weights of a step.
  private static final int[] ROWS = {8, 8, 7, 5};
  // Four products in each lane, where a float has one, by as many instructions.
  private static final double RATE = 1;

  /** Describes the unit. */
  ArmDotProduct() {
    super("sdot", DotInstructions.DOTPROD, Container.BYTE, true, RATE, ROWS);
  }

  @Override
  byte[] code(int vectors) {
    return ArmDotTileWriter.write(this, vectors);
  }
}
