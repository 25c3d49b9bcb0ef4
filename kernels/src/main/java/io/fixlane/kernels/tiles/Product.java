package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import io.fixlane.kernels.tiles.kernel.RegisterCast;
import io.fixlane.kernels.tiles.kernel.TileShape;
import io.fixlane.kernels.tiles.pack.LaneArrays;
import io.fixlane.kernels.tiles.pack.PackedWeights;
import io.fixlane.kernels.tiles.pack.PanelWidening;
import io.fixlane.kernels.tiles.pack.Rows;
import io.fixlane.kernels.tiles.pack.Workspace;
import io.fixlane.kernels.tiles.plan.SumPlan;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sums of products of rows of activations with packed weights:
 *
 * <pre>
 *   for groups of panels                    their weights, widened, fill half of the L2 cache, and
 *                                           the sums of a few rows do not fill memory
 *     for blocks of rows
 *       for chunks of steps
 *         widen the group's weights, unless that has been done
 *         widen the rows' activations
 *         for panels of the group
 *           for blocks of steps             whose sums the unit holds exactly
 *             for tiles of rows             one call of a micro-kernel
 *       output                              unless the last of these calls did that too
 * </pre>
 *
 * <p>A few rows alone do not pay for widening: there the micro-kernel reads the packed weights.
 */
final class Product implements Sums {
  private static final int GROUP_BYTES = 4096 << 10;

  private final SumPlan plan;
  private final PackedWeights weights;
  private final Rows rows;
  private final int columns;
  private final Container lane;
  private final boolean widens;
  private final PanelWidening widening;
  private final int groupColumns;
  private final MicroKernel[] kernels;
  private final AtomicReference<@Nullable Casting> casting;
  private final AtomicReferenceArray<MicroKernel[]> narrowKernels;
  private final MemorySegment runBaseMemory;
  private final MemorySegment startMemory;

  /**
   * The micro-kernels that cast sums.
   *
   * @param cast the cast
   * @param kernels in the place of a panel's vectors
   * @param serves whether there are any
   */
  private record Casting(RegisterCast cast, @Nullable MicroKernel[] kernels, boolean serves) {}

  /**
   * Makes the product.
   *
   * @param columns the number of columns; those of the panels beyond are not output
   */
  Product(SumPlan plan, Rows rows, int columns) {
    this.plan = plan;
    this.weights = plan.weights();
    this.rows = rows;
    this.columns = columns;
    this.lane = plan.unit().lane();
    this.widens = weights.stored() != lane;
    this.widening = plan.layout().widening(weights.stored(), lane);
    this.kernels = byVectors(plan::kernel);
    long columnBytes = (long) plan.chunkEnds()[0] * weights.planes() * lane.bytes();
    int summed = Rows.MOST_SUMS / rows.rowUnit();
    this.groupColumns = widens ? (int) Math.min(summed, GROUP_BYTES / columnBytes) : summed;
    this.casting = new AtomicReference<>();
    this.narrowKernels = new AtomicReferenceArray<>(TileShape.NARROW_ROWS + 1);
    this.runBaseMemory = MemorySegment.ofArray(rows.runBase());
    this.startMemory = LaneArrays.segment(plan.start());
  }

  @Override
  public int panels() {
    return weights.panels();
  }

  @Override
  public int rowUnit() {
    return rows.rowUnit();
  }

  @Override
  public void sum(
      Workspace work, int firstRow, int lastRow, int firstPanel, int lastPanel, Output output) {
    boolean narrow = lastRow - firstRow <= TileShape.NARROW_ROWS && plan.narrow();
    Casting casting = narrow ? null : casting(output);
    int group = firstPanel;
    while (group < lastPanel) {
      int end = groupEnd(group, lastPanel, narrow);
      int blockRows = rows.blockRows(weights.firstColumn(end) - weights.firstColumn(group));
      int count;
      for (int row = firstRow; row < lastRow; row += count) {
        count = Math.min(blockRows, lastRow - row);
        int first = weights.firstColumn(group);
        int stride = weights.firstColumn(end) - first;
        int stored = Math.min(stride, columns - first);
        if (casting != null) {
          output.place(work, row, count, first, stored);
        }
        runBlock(work, row, count, group, end, narrow, casting, row == firstRow);
        if (casting == null) {
          output.store(work, row, count, first, stored, stride);
        } else {
          output.finish(work, row, count, first, stored);
        }
      }
      group = end;
    }
  }

  /** Returns the end of a group of panels: of one at least, then as many as there is room for. */
  private int groupEnd(int group, int lastPanel, boolean narrow) {
    int columns = narrow ? Rows.MOST_SUMS / TileShape.NARROW_ROWS : groupColumns;
    int end = group + 1;
    while (end < lastPanel
        && weights.firstColumn(end + 1) - weights.firstColumn(group) <= columns) {
      end++;
    }
    return end;
  }

  private void runBlock(Workspace work, int row, int count, int group, int end, boolean narrow,
      @Nullable Casting casting, boolean first) {
    int stride = weights.firstColumn(end) - weights.firstColumn(group);
    work.sums.ensure(plan.sum(), (count + (long) Tile.MAX_ROWS) * stride);
    work.tile.sumsStride = stride;
    int[] chunkEnds = plan.chunkEnds();
    int start = 0;
    for (int chunkEnd : chunkEnds) {
      if (widens && !narrow && (first || chunkEnds.length > 1)) {
        widen(work, group, end, start, chunkEnd);
      }
      rows.load(work, row, count, start, chunkEnd);
      for (int panel = group; panel < end; panel++) {
        runPanel(work, panel, group, start, chunkEnd, count, narrow, casting);
      }
      start = chunkEnd;
    }
  }

  /** Widens the steps of a chunk, one panel after the other. */
  private void widen(Workspace work, int group, int end, int start, int chunkEnd) {
    int first = weights.firstColumn(group);
    int rows = (chunkEnd - start) * weights.planes();
    work.panels.ensure(lane, (weights.firstColumn(end) - first) * rows);
    MemorySegment target = work.panels.segment(lane);
    for (int panel = group; panel < end; panel++) {
      int panelColumns = weights.columns(panel);
      long from = weights.offset(panel) + (long) start * weights.planes() * panelColumns;
      long to = (long) (weights.firstColumn(panel) - first) * rows;
      widening.compute(work, weights.words(), from, target, to, (long) rows * panelColumns);
    }
  }

  private void runPanel(Workspace work, int panel, int group, int start, int chunkEnd, int count,
      boolean narrow, @Nullable Casting casting) {
    int panelColumns = weights.columns(panel);
    int column = weights.firstColumn(panel) - weights.firstColumn(group);
    boolean packed = narrow || !widens;
    Tile tile = work.tile;
    tile.a = rows.read(work, lane);
    tile.rowBase = work.rowBase;
    tile.runBase = rows.runBase();
    tile.panel = packed ? weights.array() : work.panels.array(lane);
    tile.sums = work.sums.array(plan.sum());
    setMemory(work, packed);
    int panelOffset =
        packed ? weights.offset(panel) : column * (chunkEnd - start) * weights.planes();
    int panelStart = packed ? 0 : start;
    MicroKernel kernel = narrow ? narrowKernel(panel, count) : kernels[weights.vectors(panel)];
    int tileRows = narrow ? count : plan.tileRows(panel);
    int runLength = rows.runLength();
    int[] ends = plan.blocks()[panel].ends();
    for (int block = plan.blocks()[panel].after(start); block < ends.length; block++) {
      int from = block == 0 ? 0 : ends[block - 1];
      int to = ends[block];
      if (from >= chunkEnd) {
        break;
      }
      tile.run = from / runLength;
      tile.aOffset = (plan.lanewise() ? weights.firstColumn(panel) : 0) + from % runLength;
      tile.runLength = Math.min(runLength, to - from);
      tile.runs = (to - from) / tile.runLength;
      tile.panelOffset = panelOffset + (from - panelStart) * weights.planes() * panelColumns;
      tile.addend = from == 0 ? plan.start() : tile.sums;
      tile.memory.addend = from == 0 ? startMemory : tile.memory.sums;
      tile.addendStride = from == 0 ? 0 : tile.sumsStride;
      tile.row = 0;
      tile.sumsOffset = column;
      tile.addendOffset = from == 0 ? plan.startOffset(panel) : column;
      boolean casts = casting != null && block == ends.length - 1;
      MicroKernel chosen = casts ? casting.kernels[weights.vectors(panel)] : kernel;
      chosen.multiply(tile, count, tileRows);
    }
  }

  private void setMemory(Workspace work, boolean packed) {
    TileMemory memory = work.tile.memory;
    memory.a = rows.memory(work, lane);
    memory.rowBase = work.rowBaseMemory;
    memory.runBase = runBaseMemory;
    memory.panel = packed ? weights.words() : work.panels.segment(lane);
    memory.sums = work.sums.segment(plan.sum());
  }

  /** Returns the micro-kernels that do all of an output, or null where there are none. */
  private @Nullable Casting casting(Output output) {
    RegisterCast cast = output.cast();
    if (cast == null) {
      return null;
    }
    Casting known = casting.get();
    if (known == null || known.cast != cast) {
      known = casting(cast);
      casting.set(known);
    }
    return known.serves ? known : null;
  }

  private Casting casting(RegisterCast cast) {
    // The columns that fill up the last vector are no results.
    if (!plan.fillsVectors(columns)) {
      return new Casting(cast, new MicroKernel[0], false);
    }
    MicroKernel[] made = byVectors(panel -> plan.kernel(panel, cast));
    return new Casting(cast, made, made[weights.vectors(0)] != null);
  }

  private MicroKernel narrowKernel(int panel, int count) {
    MicroKernel[] made = narrowKernels.get(count);
    if (made == null) {
      made = byVectors(each -> plan.narrowKernel(each, count));
      narrowKernels.set(count, made);
    }
    return made[weights.vectors(panel)];
  }

  /** Returns the micro-kernels of all panels, in the place of a panel's vectors. */
  private MicroKernel[] byVectors(IntFunction<@Nullable MicroKernel> ofPanel) {
    // Panels are as equal as they can be: the first is the narrowest, the last the widest, and
    // there are no others.
    int last = weights.panels() - 1;
    MicroKernel[] made = new MicroKernel[weights.vectors(last) + 1];
    made[weights.vectors(0)] = ofPanel.apply(0);
    made[weights.vectors(last)] = ofPanel.apply(last);
    return made;
  }
}
