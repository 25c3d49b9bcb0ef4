package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.tiles.pack.ByteLayout;
import io.fixlane.kernels.tiles.pack.DotLayout;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Products of words of 16 bits by a {@link DotProduct}, whose sums of a block of steps are added to
 * sums of 64 bits. Where blocks would be short, weights are multiplied in two planes, as
 * {@link ByteLayout} has them: a product of 24 bits for one of 32, and twice as many of them, are
 * still twice as fast as doubles.
 */
final class WideDotProduct extends Unit {
  private final X86DotProduct dot;
  private final int planes;

  /**
   * Describes a unit.
   *
   * @param dot what multiplies words of 16 bits
   * @param planes 1 for weights as they are, 2 for their bytes
   */
  WideDotProduct(X86DotProduct dot, int planes) {
    super(label(dot, planes), Container.INT, Container.LONG,
        Rates.same(dot.rate(dot.vectorBits(0)) / planes), tiles(dot, planes), null);
    this.dot = dot;
    this.planes = planes;
  }

  /** Returns the units that take a dot product of words of 16 bits for each block. */
  static List<WideDotProduct> of(X86DotProduct dot) {
    return List.of(new WideDotProduct(dot, 1), new WideDotProduct(dot, 2));
  }

  private static String label(X86DotProduct dot, int planes) {
    return dot.label() + (planes == 1 ? " into 64 bits" : " of high and low bytes");
  }

  /** Returns tiles of which each vector of columns is one of the dot product for each plane. */
  private static Tiles tiles(X86DotProduct dot, int planes) {
    int[] rows = dot.tiles().rows(dot.vectorBits(0));
    int[] own = new int[rows.length / planes];
    Arrays.setAll(own, i -> rows[(i + 1) * planes - 1]);
    return new Tiles(own, own);
  }

  @Override
  public int vectorBits(int bits) {
    return dot.vectorBits(bits);
  }

  @Override
  public @Nullable String refusal(
      FixedFormat activations, FixedFormat weights, boolean lanewise) {
    return lanewise
        ? "each column has activations of its own, and it reads the same for all"
        : dot.refusal(activations, weights, false);
  }

  @Override
  public @Nullable WeightLayout layout(FixedFormat activations, WeightMatrix weights,
      @Nullable TermPlanes terms, int lanes) {
    WeightLayout words = dot.layout(activations, weights, terms, lanes);
    return words == null || planes == 1
        ? words
        : new ByteLayout(dot.packed(high(weights), TileShape.maxVectors(this, vectorBits(0))));
  }

  private static WeightMatrix high(WeightMatrix weights) {
    return ByteLayout.of(weights).getLast();
  }

  /** Returns how weights lie that are few, or that do not fit in half the memory. */
  WeightLayout whole() {
    WeightLayout words = new DotLayout(dot.activation());
    return planes == 1 ? words : new ByteLayout(words);
  }

  /**
   * Returns how weights lie in half the memory, or null where they do not.
   *
   * @param maxVectors the most vectors of a panel
   */
  @Nullable
  WeightLayout half(WeightMatrix weights, int maxVectors) {
    if (planes == 1) {
      return dot.half(weights, maxVectors);
    }
    WeightLayout plane = dot.half(high(weights), maxVectors);
    return plane == null ? null : new ByteLayout(plane);
  }

  /** Returns the bits of weights of which a block is at least some steps. */
  int mostBits() {
    return planes * Byte.SIZE;
  }

  @Override
  @Nullable
  String complaint() {
    return WideCanary.complaint(this);
  }

  @Override
  public String misfit(int lanes) {
    return dot.misfit(lanes);
  }

  @Override
  public Container activation() {
    return dot.activation();
  }

  @Override
  public Rows rows(Rows activations, WeightLayout layout, int bits) {
    return dot.rows(activations, layout, bits);
  }

  @Override
  MicroKernel kernel(TileShape shape) {
    TileShape columns = new TileShape(dot, shape.access(), shape.stored(), 1, shape.rows(),
        planes * shape.vectors(), shape.bits());
    return DotKernel.wide(DotTileWriter.writeWide(dot, columns, planes, Abi.own()), dot, columns);
  }
}
