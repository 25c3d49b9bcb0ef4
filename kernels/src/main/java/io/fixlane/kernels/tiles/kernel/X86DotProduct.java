package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;
import io.fixlane.kernels.tiles.pack.HalfLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Dot products by the instructions of x86-64. */
final class X86DotProduct extends DotProduct {
  // The weights of a step, an activation and a product fill the registers, and where products of
  // bytes are widened to 32 bits, ones.
  private static final int[] FEW = {8, 6};
  private static final int[] FEW_AND_ONES = {8, 5};
  private static final int[] MANY = {8, 8, 8, 6};
  private static final int SATURATES = 1 << 15;

  private final boolean bytes;
  private final boolean widens;

  /**
   * Describes a unit.
   *
   * @param instructions what it is made of
   * @param word what activations and weights are: bytes or words of 16 bits
   */
  X86DotProduct(DotInstructions instructions, Container word) {
    super(label(instructions, word), instructions, word, word != Container.BYTE,
        rates(instructions, word), rows(instructions, word));
    this.bytes = word == Container.BYTE;
    this.widens = bytes && !instructions.vnni();
  }

  private static String label(DotInstructions instructions, Container word) {
    return instructions.vnni()
        ? word == Container.BYTE ? "vpdpbusd" : "vpdpwssd"
        : word == Container.BYTE ? "vpmaddubsw" : "vpmaddwd";
  }

  private static Rates rates(DotInstructions instructions, Container word) {
    return instructions.vnni()
        ? Rates.VNNI
        : word == Container.BYTE ? Rates.VPMADDUBSW : Rates.VPMADDWD;
  }

  private static int[] rows(DotInstructions instructions, Container word) {
    return Vector.registers(instructions.bits()) > 16
        ? MANY
        : instructions.vnni() || word != Container.BYTE ? FEW : FEW_AND_ONES;
  }

  /** Two neighbouring products of unsigned bytes and weights are summed in 16 bits. */
  @Override
  boolean exact(FixedFormat activations, WeightMatrix weights) {
    if (!widens) {
      return true;
    }
    long largest = activations.maxRaw().longValue() + offset(activations);
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < weights.n(); n++) {
        // In a group that is filled up, the last weight stands before a zero.
        long one = weights.at(k, n);
        long next = k + 1 < weights.k() ? weights.at(k + 1, n) : 0;
        long high = largest * (Math.max(one, 0) + Math.max(next, 0));
        long low = largest * (Math.min(one, 0) + Math.min(next, 0));
        if (high >= SATURATES || low < -SATURATES) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  int weightBits() {
    return widens ? Byte.SIZE - 1 : super.weightBits();
  }

  @Override
  public String misfit(int lanes) {
    return super.misfit(lanes) + (widens ? ", or two products have more than 16" : "");
  }

  @Override
  boolean lanewise() {
    return true;
  }

  /** Returns whether it multiplies by ones, to sum two sums of 16 bits. */
  boolean widens() {
    return widens;
  }

  @Override
  byte[] code(TileShape shape) {
    return DotTileWriter.write(this, shape, null, Abi.own());
  }

  @Override
  byte[] castingCode(TileShape shape, RegisterCast.Form form) {
    return DotTileWriter.write(this, shape, form, Abi.own());
  }

  @Override
  @Nullable
  WeightLayout half(WeightMatrix weights, int maxVectors) {
    int lanes = TileShape.lanes(this, instructions().bits());
    int[] panels = PackedWeights.panels(weights.n(), lanes, maxVectors);
    boolean pairs =
        weights.n() % lanes == 0 && Arrays.stream(panels).allMatch(each -> each % 2 == 0);
    return pairs && fits(weights, activation().bits() / 2)
        ? new HalfLayout(activation(), lanes)
        : null;
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

  /**
   * Writes the addition of the products of x and weights to sums.
   *
   * @param product a register for them
   * @param ones words of 16 bits that are 1, where it {@link #widens}
   */
  void accumulate(VectorAssembler code, Vector sums, Vector x, Vector weights, Vector product,
      Vector ones) {
    if (widens) {
      code.vpmaddubsw(product, x, weights);
      code.vpmaddwd(product, product, ones);
      code.vpaddd(sums, sums, product);
    } else if (bytes) {
      code.vpdpbusd(sums, x, weights);
    } else if (instructions().vnni()) {
      code.vpdpwssd(sums, x, weights);
    } else {
      code.vpmaddwd(product, x, weights);
      code.vpaddd(sums, sums, product);
    }
  }
}
