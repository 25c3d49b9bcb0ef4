package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.AmxCopy;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.tiles.pack.AmxLayout;
import io.fixlane.kernels.tiles.pack.AmxRows;
import io.fixlane.kernels.tiles.pack.HalfLayout;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Products of matrices of bytes by AMX: an instruction adds to 16 x 16 sums of 32 bits 64 products
 * each, of unsigned activations and signed weights, in 16 cycles.
 */
final class AmxDotProduct extends DotProduct {
  // Of the eight registers four hold sums, of two matrices of activations and two of weights.
  private static final int MATRICES = 2;
  private static final int TILE_ROWS = MATRICES * AmxCopy.ROWS;
  private static final int[] ROWS = {TILE_ROWS, TILE_ROWS};
  /** What serves few rows, which it multiplies in the same layouts. */
  static final X86DotProduct VNNI =
      new X86DotProduct(DotInstructions.AVX512_VNNI, Container.BYTE);
  /** The steps that take as long as sums do on their way out of the registers. */
  private static final double FLUSH = 3;
  /** What packing a row takes, of what a step takes of it for a vector. */
  private static final double PACKING = 1.25;

  AmxDotProduct() {
    super("tdpbusd", DotInstructions.AMX, Container.BYTE, false, Rates.AMX, ROWS);
  }

  @Override
  public double flushSteps(int bits) {
    return FLUSH;
  }

  @Override
  public @Nullable WeightLayout layout(FixedFormat activations, WeightMatrix weights,
      @Nullable TermPlanes terms, int lanes) {
    boolean halved = VNNI.layout(activations, weights, terms, lanes) instanceof HalfLayout;
    return AmxLayout.holds(weights) && !halved ? new AmxLayout() : null;
  }

  @Override
  public double making(WeightLayout layout) {
    return PACKING;
  }

  @Override
  public String misfit(int lanes) {
    return super.misfit(lanes)
        + ", or they are many of half the bits, which " + VNNI + " reads in half the memory";
  }

  @Override
  public Rows rows(Rows source, WeightLayout layout, int bits) {
    return new AmxRows(source);
  }

  @Override
  public int stepBytes(int bits) {
    return AmxCopy.STEP;
  }

  @Override
  MicroKernel kernel(TileShape shape) {
    return AmxKernel.of(shape, null);
  }

  @Override
  MicroKernel kernel(TileShape shape, RegisterCast cast) {
    return AmxKernel.of(shape, cast);
  }

  @Override
  @Nullable
  String complaint() {
    return AmxCanary.complaint(this);
  }

  @Override
  byte[] code(TileShape shape) {
    return AmxTileWriter.write(shape, null, Abi.own());
  }

  @Override
  byte[] castingCode(TileShape shape, RegisterCast.Form form) {
    return AmxTileWriter.write(shape, form, Abi.own());
  }
}
