package io.fixlane.kernels.tiles;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.ChannelGroup;
import io.fixlane.kernels.tiles.pack.ImageRows;
import io.fixlane.kernels.tiles.pack.MatrixRows;
import io.fixlane.kernels.tiles.pack.NeighbourRows;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.TapOrder;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.Widening;
import io.fixlane.kernels.tiles.plan.ProductSpec;
import io.fixlane.kernels.tiles.plan.SumChoice;
import io.fixlane.kernels.tiles.plan.SumPlan;
import java.util.List;

/** Makes the sums of layers whose sums are planned. */
public final class Products {
  /** Makes rows of activations for a unit. */
  interface RowsOf {
    /**
     * Makes the rows.
     *
     * @param widening how activations come into lanes
     * @param layout what words stand for
     * @param rowBytes the most bytes of a row that are loaded at a time
     */
    Rows make(Widening widening, WeightLayout layout, long rowBytes);
  }

  private Products() {}

  /**
   * Returns the sums of the rows of a matrix.
   *
   * @param choice how they are formed
   * @param spec what they are
   * @param relu whether sums that are formed one by one become 0 where they are negative
   * @param outputs what sums that are formed one by one are cast into
   * @throws IllegalArgumentException if sums need more than 128 bits
   */
  public static Sums ofMatrix(SumChoice choice, ProductSpec spec, boolean relu,
      List<FixedFormat> outputs) {
    int k = spec.weights().k();
    return of(choice, spec, relu, outputs, (widening, layout, rowBytes) -> new MatrixRows(
        widening, k, Math.ceilDiv(k, layout.group()) * layout.group(), rowBytes));
  }

  /**
   * Returns the sums of a convolution, with a row for each place of the kernel in the image.
   *
   * @param choice how they are formed
   * @param spec what they are; lanewise for a depthwise convolution
   * @param image the image and the places
   * @param steps whether the taps stand in the order of the HLS loop
   * @param relu whether sums that are formed one by one become 0 where they are negative
   * @param outputs what sums that are formed one by one are cast into
   * @throws IllegalArgumentException if sums need more than 128 bits
   */
  public static Sums ofImage(SumChoice choice, ProductSpec spec, ChannelGroup image, boolean steps,
      boolean relu, List<FixedFormat> outputs) {
    TapOrder order =
        spec.lanewise() ? TapOrder.LANEWISE : steps ? TapOrder.STEPS : TapOrder.RUNS;
    return of(choice, spec, relu, outputs, (widening, layout, rowBytes) -> {
      ImageRows rows = new ImageRows(image, widening, layout, order);
      return order == TapOrder.LANEWISE && layout.group() > 1
          ? new NeighbourRows(rows, layout.group())
          : rows;
    });
  }

  static Sums of(SumChoice choice, ProductSpec spec, boolean relu, List<FixedFormat> outputs,
      RowsOf rowsOf) {
    SumPlan plan = choice.plan();
    if (plan == null) {
      long rowBytes = (long) spec.weights().k() * Container.LONG.bytes();
      Widening widening = new Widening(spec.activations(), Container.LONG, false, false);
      return new WideProduct(spec, rowsOf.make(widening, WeightLayout.words(), rowBytes), relu,
          outputs);
    }
    int words = plan.chunkEnds()[0];
    Unit unit = plan.unit();
    Widening widening = new Widening(
        spec.activations(), unit.activation(), unit.offset(spec.activations()) != 0,
        plan.layout().aligned());
    Rows activations = rowsOf.make(
        widening, plan.layout(), (long) words * unit.stepBytes(plan.bits()));
    Rows rows = plan.lanewise()
        ? activations
        : unit.rows(activations, plan.layout(), plan.bits());
    return new Product(plan, rows, spec.weights().n());
  }
}
