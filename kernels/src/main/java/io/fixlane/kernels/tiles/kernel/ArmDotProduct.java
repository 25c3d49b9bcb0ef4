package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.DotInstructions;

/** Dot products of bytes by sdot of AArch64, which has no instruction of words of 16 bits. */
final class ArmDotProduct extends DotProduct {
  // Beside the sums there are four activations of each row, and the weights of a step.
  private static final int[] ROWS = {8, 8, 7, 5};
  /** Describes the unit. */
  ArmDotProduct() {
    super("sdot", DotInstructions.DOTPROD, Container.BYTE, true, Rates.SDOT, ROWS);
  }

  @Override
  byte[] code(TileShape shape) {
    return ArmDotTileWriter.write(this, shape.vectors());
  }
}
