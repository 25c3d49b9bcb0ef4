package io.fixlane.kernels.tiles.kernel;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.TableRows;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.kernels.tiles.pack.WeightTable;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/**
 * Sums of a few products at once, looked up by the weights in a table that is made from the
 * activations: one permutation of 16-bit lanes and one addition.
 */
final class TableLookUp extends Unit {
  private static final Tiles TILES = new Tiles(new int[] {12, 6}, Tiles.HALVES.many());

  TableLookUp() {
    super("table look-up", Container.SHORT, Container.INT, Rates.TABLE, TILES, null);
  }

  @Override
  public @Nullable String refusal(
      FixedFormat activations, FixedFormat weights, boolean lanewise) {
    return lanewise
        ? "each column has activations of its own, and would need its own table"
        : null;
  }

  @Override
  public @Nullable WeightLayout layout(FixedFormat activations, WeightMatrix weights,
      @Nullable TermPlanes terms, int lanes) {
    return WeightTable.of(weights, lanes);
  }

  @Override
  public String misfit(int lanes) {
    return "more than " + (int) Math.sqrt(lanes)
        + " different weights: their pairs do not fit in a vector";
  }

  /** A table is made with a product for each place of a group, and stored. */
  @Override
  public double making(WeightLayout layout) {
    return layout.group() + 1.0;
  }

  @Override
  public Rows rows(Rows activations, WeightLayout layout, int bits) {
    WeightTable table = (WeightTable) layout;
    return new TableRows(
        activations, table, new VectorTables.Data(table.group(), bits).tables(),
        TileShape.lanes(this, bits));
  }

  @Override
  public int stepBytes(int bits) {
    return bits / Byte.SIZE;
  }

  @Override
  void loadActivation(VectorCode vectors, int a, int place) {
    vectors.fromArray(lane(), vectors.bits(), a,
        () -> vectors.code().iload(place).loadConstant(TileShape.lanes(this, vectors.bits()))
            .imul());
  }

  @Override
  void accumulate(VectorCode vectors, int accumulator, int x, int index) {
    ClassDesc type = VectorCode.type(lane());
    MethodTypeDesc binary = MethodTypeDesc.of(type, VectorCode.VECTOR);
    vectors.code().aload(accumulator);
    vectors.exact(lane());
    vectors.code().aload(index);
    vectors.exact(lane());
    vectors.code().aload(x).invokevirtual(type, "selectFrom", binary).checkcast(type)
        .invokevirtual(type, "add", binary);
  }
}
