package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;

/** Dot products by the instructions of x86-64. */
final class X86DotProduct extends DotProduct {
  // The weights of a step, an activation and a product fill the registers.
  private static final int[] FEW = {8, 6};
  private static final int[] MANY = {8, 8, 8, 6};

  private final boolean bytes;

  /**
   * Describes a unit.
   *
   * @param instructions what it is made of
   * @param word what activations and weights are: bytes, for which there must be VNNI, or words of
   *     16 bits
   */
  X86DotProduct(DotInstructions instructions, Container word) {
    super(label(instructions, word), instructions, word, word != Container.BYTE,
        instructions.vnni() ? Rates.VNNI : Rates.VPMADDWD,
        Vector.registers(instructions.bits()) == 16 ? FEW : MANY);
    this.bytes = word == Container.BYTE;
  }

  private static String label(DotInstructions instructions, Container word) {
    return word == Container.BYTE ? "vpdpbusd" : instructions.vnni() ? "vpdpwssd" : "vpmaddwd";
  }

  @Override
  byte[] code(int vectors) {
    return DotTileWriter.write(this, vectors, Abi.own());
  }

  /** Writes the addition of the products of x and weights to sums. */
  void accumulate(VectorAssembler code, Vector sums, Vector x, Vector weights, Vector product) {
    if (bytes) {
      code.vpdpbusd(sums, x, weights);
    } else if (instructions().vnni()) {
      code.vpdpwssd(sums, x, weights);
    } else {
      code.vpmaddwd(product, x, weights);
      code.vpaddd(sums, sums, product);
    }
  }
}
