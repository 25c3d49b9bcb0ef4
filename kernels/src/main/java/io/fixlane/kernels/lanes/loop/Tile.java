package io.fixlane.kernels.lanes.loop;

import io.fixlane.kernels.lanes.Container;

/**
 * The arguments of a micro-kernel: where the operands of one tile lie. Each thread has one and sets
 * it anew for each tile.
 *
 * <pre>
 *                      panel: [steps][columns]          k runs over runs x runLength steps
 *                      +--------------------+
 *                      | k = 0: columns     |
 *                      | k = 1: columns     |
 *                      | ...                |
 *   activations        +--------------------+
 *   row 0:  a ........ | sums: rows x       |
 *   row 1:  a ........ |       columns      |
 *   ...                +--------------------+
 *
 *   sums[i][j] = addend[i][j]
 *       + sum over r, k of a[rowBase[row + i] + runBase[run + r] + aOffset + k]
 *                        * panel[panelOffset + (r * runLength + k) * columns + j]
 * </pre>
 *
 * <p>Arrays are of the unit's lanes, sums and addend of its sums; a table unit's a and panel count
 * in whole vectors and in indices. A lanewise kernel multiplies by a[... + j] in the place of a[...
 * + k], and its runs are of length 1.
 */
public final class Tile {
  /** The most rows of any tile that has rows beyond the last one. */
  public static final int MAX_ROWS = 12;

  /** The activations. */
  public Object a = NONE;
  /** Where the first step lies, from the start of the first run. */
  public int aOffset;
  /** Activations from one step to the next, for a micro-kernel that does not take neighbours. */
  public int aStride;
  /** Where the activations of each row start. */
  public int[] rowBase = NONE;
  /** The tile's first row: a place in {@link #rowBase}. */
  public int row;
  /** Where each run starts, from the start of a row. */
  public int[] runBase = NONE;
  /** The first run: a place in {@link #runBase}. */
  public int run;
  /** The number of runs. */
  public int runs;
  /** The number of steps of a run. */
  public int runLength;
  /** The weights. */
  public Object panel = NONE;
  /** The place of the first weight. */
  public int panelOffset;
  /** Weights from one step to the next, for a micro-kernel whose panel slides. */
  public int panelStride;
  /** Where each run of such a panel starts, from the panel's offset. */
  public int[] panelBase = NONE;
  /** What the sums are added to; it may be the sums. */
  public Object addend = NONE;
  /** The place of the first addend. */
  public int addendOffset;
  /** Addends from one row to the next; 0 for the same ones in all rows. */
  public int addendStride;
  /** The results. */
  public Object sums = NONE;
  /** The place of the first result. */
  public int sumsOffset;
  /** Results from one row to the next. */
  public int sumsStride;

  private static final int BLOCK_BYTES = 32 * 512 / Byte.SIZE;

  /** Room for accumulators on their way to the sums: 32 vectors of 512 bits. */
  public final Object shortBlock = new short[BLOCK_BYTES / Short.BYTES];
  /** The same of integers. */
  public final Object intBlock = new int[BLOCK_BYTES / Integer.BYTES];
  /** The same of long integers. */
  public final Object longBlock = new long[BLOCK_BYTES / Long.BYTES];
  /** The same of floats. */
  public final Object floatBlock = new float[BLOCK_BYTES / Float.BYTES];
  /** The same of doubles. */
  public final Object doubleBlock = new double[BLOCK_BYTES / Double.BYTES];

  /** The same arrays as memory. */
  public final TileMemory memory = new TileMemory();

  private static final int[] NONE = {};

  /** Returns the name of the field that has room for accumulators of a lane. */
  public static String block(Container lane) {
    return lane.type() + "Block";
  }

  /** Lets go of the operands. */
  public void release() {
    a = NONE;
    rowBase = NONE;
    runBase = NONE;
    panelBase = NONE;
    panel = NONE;
    addend = NONE;
    sums = NONE;
    memory.release();
  }
}
