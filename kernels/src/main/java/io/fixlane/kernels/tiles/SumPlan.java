package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.MicroKernel;
import io.fixlane.kernels.lanes.StepCast;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the sums of a product are formed.
 *
 * @param unit the unit
 * @param bits the size of a vector, 0 for scalar loops
 * @param lanewise whether column n takes only activation n of each run, as in a depthwise
 *     convolution
 * @param weights the packed weights
 * @param table the combinations of a table unit, else null
 * @param start what each sum starts from, for all columns of all panels: an array of the sums'
 *     container
 * @param chunkEnds where the steps are divided for the cache, ascending; the last is all steps
 * @param blocks for each panel, where its sums are flushed; every end of a chunk is one of them
 * @param steps the cast that every step ends with, or null where none makes a difference
 */
public record SumPlan(
    Unit unit, int bits, boolean lanewise, PackedWeights weights, @Nullable WeightTable table,
    Object start, int[] chunkEnds, Blocks[] blocks, @Nullable StepCast steps) {

  /** Returns what the sums lie in. */
  public Container sum() {
    return unit.sum();
  }

  /** Returns the rows of the tiles of a panel. */
  int tileRows(int panel) {
    return steps != null ? StepCast.ROWS : TileShape.rows(unit, weights.vectors(panel), bits);
  }

  private Access access() {
    return lanewise ? Access.LANEWISE : Access.BROADCAST;
  }

  MicroKernel kernel(int panel) {
    return steps != null
        ? steps.kernel()
        : MicroKernels.of(new TileShape(
            unit, access(), unit.lane(), weights.planes(), tileRows(panel), weights.vectors(panel),
            bits));
  }

  /** Returns whether a few rows can be computed with weights that are widened in registers. */
  boolean narrow() {
    return steps == null && bits > 0 && weights.stored().bits() < unit.lane().bits()
        && TileShape.widens(unit, weights.stored(), bits);
  }

  MicroKernel narrowKernel(int panel, int rows) {
    return MicroKernels.of(new TileShape(
        unit, access(), weights.stored(), weights.planes(), rows, weights.vectors(panel), bits));
  }

  /** Returns the unit, the tiles and how often their sums are flushed. */
  @Override
  public String toString() {
    String tiles = steps != null
        ? "steps cast one by one, " + bits + "-bit vectors of " + unit.lane().type() + " lanes"
        : unit + ", tiles of " + tileRows(0) + " x " + weights.columns(0) + " in "
            + (bits == 0 ? "scalar loops" : "vectors of " + bits + " bits");
    String flush = blocks[0].ends().length == 1
        ? ", no flush"
        : String.format(Locale.ROOT, ", a flush every %.0f steps", meanBlock());
    return tiles + flush + (table == null ? "" : ", " + table.group() + " weights a look-up");
  }

  private double meanBlock() {
    return Arrays.stream(blocks).mapToDouble(Blocks::meanLength).average().orElseThrow();
  }
}
