package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;
import io.fixlane.kernels.tiles.pack.DotLayout;
import io.fixlane.kernels.tiles.pack.DotRows;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Sums of four products of bytes, or of two products of words of 16 bits, added to sums of 32 bits
 * by machine code. No instruction of it saturates, so that sums are exact modulo 2<sup>32</sup>,
 * however they are grouped.
 */
final class DotProduct extends Unit {
  // The weights of a step, an activation and a product fill the registers.
  private static final int[] FEW = {8, 6};
  private static final int[] MANY = {8, 8, 8, 6};
  private static final long TO_UNSIGNED = 128;

  private final DotInstructions instructions;
  private final Container word;

  /**
   * Describes a unit.
   *
   * @param instructions what it is made of
   * @param word what activations and weights are: bytes, for which there must be VNNI, or words of
   *     16 bits
   */
  DotProduct(DotInstructions instructions, Container word) {
    super(label(instructions, word), Container.INT, Container.INT, rates(instructions),
        tiles(instructions), null);
    this.instructions = instructions;
    this.word = word;
  }

  private static String label(DotInstructions instructions, Container word) {
    return word == Container.BYTE ? "vpdpbusd" : instructions.vnni() ? "vpdpwssd" : "vpmaddwd";
  }

  private static Rates rates(DotInstructions instructions) {
    return instructions.vnni() ? Rates.VNNI : Rates.VPMADDWD;
  }

  private static Tiles tiles(DotInstructions instructions) {
    int[] rows = Vector.registers(instructions.bits()) == 16 ? FEW : MANY;
    return new Tiles(rows, rows);
  }

  DotInstructions instructions() {
    return instructions;
  }

  @Override
  public int vectorBits(int bits) {
    return instructions.bits();
  }

  @Override
  public @Nullable String refusal(
      FixedFormat activations, FixedFormat weights, boolean lanewise) {
    if (lanewise) {
      return "each column has activations of its own, and it sums neighbouring ones";
    }
    // Words of 16 bits are signed.
    int bits = activations.width() + (word == Container.SHORT && !activations.signed() ? 1 : 0);
    return bits > word.bits()
        ? "activations are " + activations + ", and it multiplies "
            + (word == Container.BYTE ? "words" : "signed words") + " of " + word.bits() + " bits"
        : null;
  }

  @Override
  public @Nullable WeightLayout layout(WeightMatrix weights, @Nullable TermPlanes terms,
      int lanes) {
    DotLayout layout = new DotLayout(word);
    return layout.holds(weights) ? layout : null;
  }

  @Override
  public String misfit(int lanes) {
    return "a weight has more than " + word.bits() + " bits";
  }

  @Override
  public Container activation() {
    return word;
  }

  @Override
  public long offset(FixedFormat activations) {
    return word == Container.BYTE && activations.signed() ? TO_UNSIGNED : 0;
  }

  @Override
  public Rows rows(Rows activations, WeightLayout layout, int bits) {
    return new DotRows(activations, word, layout.group());
  }

  @Override
  MicroKernel kernel(TileShape shape) {
    return new DotKernel(this, shape.vectors());
  }

  /** Writes the addition of the products of x and weights to sums. */
  void accumulate(VectorAssembler code, Vector sums, Vector x, Vector weights, Vector product) {
    if (word == Container.BYTE) {
      code.vpdpbusd(sums, x, weights);
    } else if (instructions.vnni()) {
      code.vpdpwssd(sums, x, weights);
    } else {
      code.vpmaddwd(product, x, weights);
      code.vpaddd(sums, sums, product);
    }
  }
}
