package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.loop.Tile;

/** Rows of which a step takes a group of activations: places count groups. */
abstract sealed class GroupedRows implements Rows permits DotRows, TableRows {
  private final Rows source;
  private final int group;
  private final int[] runBase;

  /**
   * Makes rows.
   *
   * @param source rows of activations, in whole groups
   * @param group how many a step takes
   */
  GroupedRows(Rows source, int group) {
    this.source = source;
    this.group = group;
    this.runBase = source.runBase().clone();
    divide(runBase, runBase.length);
  }

  private void divide(int[] places, int count) {
    for (int i = 0; i < count; i++) {
      places[i] /= group;
    }
  }

  @Override
  public final int runLength() {
    return source.runLength() / group;
  }

  @Override
  public final int[] runBase() {
    return runBase;
  }

  @Override
  public final int rowUnit() {
    return source.rowUnit();
  }

  @Override
  public final int blockRows() {
    return source.blockRows();
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    int words = source.load(work, firstRow, rows, firstStep * group, lastStep * group);
    divide(work.rowBase, rows + Tile.MAX_ROWS);
    return words / group;
  }
}
