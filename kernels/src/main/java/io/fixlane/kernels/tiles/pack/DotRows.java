package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.foreign.MemorySegment;

/** Rows of activations for dot products: a step takes a group of them, and places count groups. */
public final class DotRows implements Rows {
  private final Rows source;
  private final Container activation;
  private final int group;
  private final int[] runBase;

  /**
   * Makes rows.
   *
   * @param source rows of activations, in whole groups
   * @param activation what they lie in
   * @param group how many a step takes
   */
  public DotRows(Rows source, Container activation, int group) {
    this.source = source;
    this.activation = activation;
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
  public int runLength() {
    return source.runLength() / group;
  }

  @Override
  public int[] runBase() {
    return runBase;
  }

  @Override
  public int rowUnit() {
    return source.rowUnit();
  }

  @Override
  public int blockRows() {
    return source.blockRows();
  }

  @Override
  public Object read(Workspace work, Container lane) {
    return work.activations.array(activation);
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return work.activations.segment(activation);
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    int words = source.load(work, firstRow, rows, firstStep * group, lastStep * group);
    divide(work.rowBase, rows + Tile.MAX_ROWS);
    return words / group;
  }
}
