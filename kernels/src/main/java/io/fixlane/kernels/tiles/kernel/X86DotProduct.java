package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;
import io.fixlane.kernels.tiles.pack.HalfBytes;
import io.fixlane.kernels.tiles.pack.HalfWords;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  byte[] code(TileShape shape) {
    return DotTileWriter.write(this, shape, Abi.own());
  }

  @Override
  @Nullable
  WeightLayout half(WeightMatrix weights) {
    int lanes = TileShape.lanes(this, instructions().bits());
    int[] panels = PackedWeights.panels(
        weights.n(), lanes, TileShape.maxVectors(this, instructions().bits()));
    boolean pairs =
        weights.n() % lanes == 0 && Arrays.stream(panels).allMatch(each -> each % 2 == 0);
    if (!pairs || !fits(weights, activation().bits() / 2)) {
      return null;
    }
    return bytes ? new HalfBytes(lanes) : new HalfWords(lanes);
  }

  private static boolean fits(WeightMatrix weights, int bits) {
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < weights.n(); n++) {
        long word = weights.at(k, n);
        if (word >> bits - 1 != word >> Long.SIZE - 1) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns whether it multiplies bytes, and else words of 16 bits. */
  boolean bytes() {
    return bytes;
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
