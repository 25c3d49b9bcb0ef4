package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.arm.ArmVectorAssembler;
import io.fixlane.kernels.machine.arm.V;

/**
 * Dot products of bytes by the instructions of AArch64: sdot of signed activations, sudot of
 * unsigned ones. It has none of words of 16 bits.
 */
final class ArmDotProduct extends DotProduct {
  // Beside the sums there are four activations of each row, and the weights of a step.
  private static final int[] ROWS = {8, 8, 7, 5};
  // Four products in each lane, where a float has one, by as many instructions.
  private static final double RATE = 1;

  /**
   * Describes a unit.
   *
   * @param instructions what it is made of
   * @param activations signed ones, or unsigned ones, for which there must be I8MM
   */
  ArmDotProduct(DotInstructions instructions, Activations activations) {
    super(activations == Activations.SIGNED ? "sdot" : "sudot", instructions, Container.BYTE,
        activations, RATE, ROWS);
  }

  @Override
  byte[] code(int vectors) {
    return ArmDotTileWriter.write(this, vectors);
  }

  /** Writes the addition of the products of weights and of a lane of activations to sums. */
  void accumulate(ArmVectorAssembler code, V sums, V weights, V x, int lane) {
    if (activations() == Activations.SIGNED) {
      code.sdot(sums, weights, x, lane);
    } else {
      code.sudot(sums, weights, x, lane);
    }
  }
}
