package io.fixlane.kernels.tiles.plan;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.StepCast;
import io.fixlane.kernels.tiles.kernel.Access;
import io.fixlane.kernels.tiles.kernel.MicroKernels;
import io.fixlane.kernels.tiles.kernel.RegisterCast;
import io.fixlane.kernels.tiles.kernel.TileShape;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.Blocks;
import io.fixlane.kernels.tiles.pack.WeightLayout;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the sums of a product are formed.
 *
 * @param unit the unit
 * @param bits the size of a vector, 0 for scalar loops
 * @param lanewise whether column n takes only activation n of each run, as in a depthwise
 *     convolution
 * @param weights the packed weights
 * @param layout how they lie in panels
 * @param biased whether each sum starts from a word of its own, rather than from 0
 * @param start what each sum starts from, an array of the sums' container: for all columns of all
 *     panels where they are biased, else for those of any one panel
 * @param chunkEnds where the steps are divided for the cache, ascending; the last is all steps
 * @param blocks for each panel, where its sums are flushed; every end of a chunk is one of them
 * @param steps the cast that every step ends with, or null where none makes a difference
 */
public record SumPlan(
    Unit unit, int bits, boolean lanewise, PackedWeights weights, WeightLayout layout,
    boolean biased, Object start, int[] chunkEnds, Blocks[] blocks, @Nullable StepCast steps) {
  /** Returns what the sums lie in. */
  public Container sum() {
    return unit.sum();
  }

  /** Returns the rows of the tiles of a panel. */
  public int tileRows(int panel) {
    return steps != null
        ? StepCast.ROWS
        : TileShape.rows(unit, access(), weights.vectors(panel), bits);
  }

  /** Returns whether so many columns leave no lane of the last vector over. */
  public boolean fillsVectors(int columns) {
    return weights.firstColumn(weights.panels()) == columns;
  }

  /** Returns the place of what the sums of a panel start from. */
  public int startOffset(int panel) {
    return biased ? weights.firstColumn(panel) : 0;
  }

  private Access access() {
    return lanewise ? Access.LANEWISE : Access.BROADCAST;
  }

  /** Returns the micro-kernel of a panel. */
  public MicroKernel kernel(int panel) {
    return steps != null ? steps.kernel() : MicroKernels.of(shape(panel));
  }

  /** Returns the micro-kernel of a panel that casts sums, or null where there is none. */
  public @Nullable MicroKernel kernel(int panel, RegisterCast cast) {
    return steps != null ? null : MicroKernels.casting(shape(panel), cast);
  }

  private TileShape shape(int panel) {
    return new TileShape(unit, access(), unit.lane(), weights.planes(), tileRows(panel),
        weights.vectors(panel), bits);
  }

  /** Returns whether a few rows can be computed with weights that are widened in registers. */
  public boolean narrow() {
    return steps == null && !lanewise && bits > 0 && weights.stored().bits() < unit.lane().bits()
        && TileShape.widens(unit, weights.stored(), bits);
  }

  /** Returns the micro-kernel of a panel for fewer rows than a tile has. */
  public MicroKernel narrowKernel(int panel, int rows) {
    return MicroKernels.of(new TileShape(
        unit, access(), weights.stored(), weights.planes(), rows, weights.vectors(panel), bits));
  }

  /** Says what unit forms the sums, in what tiles, how often they are flushed, and from what. */
  public List<Fact> facts() {
    return List.of(new Fact("unit", unitText()), new Fact("tile", tileText()),
        new Fact("flush", flushText()), new Fact("weights", weightsText()));
  }

  private String unitText() {
    if (steps != null) {
      return "int" + unit.lane().bits() + " lanes, each step an exact sum and a cast";
    }
    String range = unit.lane() == unit.sum()
        ? "modulo 2^" + unit.sum().bits()
        : "exact up to " + unit.limit();
    return unit.label() + ", " + range
        + (layout.group() == 1 ? "" : ", " + layout.group() + " weights at a time");
  }

  private String tileText() {
    return tileRows(0) + " x " + weights.columns(0) + " sums, "
        + (bits == 0 ? "scalar loops" : "vectors of " + bits + " bits");
  }

  private String flushText() {
    return blocks[0].ends().length == 1
        ? "none: one block is all of k"
        : "every " + Blocks.steps(meanBlock() * layout.group())
            + ", into sums of "
            + sum().bits() + " bits";
  }

  private String weightsText() {
    return weights + (layout.group() == 1
        ? ""
        : ", " + layout.group() / layout.planes() + " weights a word");
  }

  private double meanBlock() {
    return Arrays.stream(blocks).mapToDouble(Blocks::meanLength).average().orElseThrow();
  }
}
