package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/**
 * Rows of activations for dot products, which take a group of them as they lie: steps count groups,
 * and places activations, so that a group begins at any of them.
 */
public final class DotRows implements Rows {
  private final Rows source;
  private final Container activation;
  private final int group;

  /**
   * Makes rows.
   *
   * @param source rows of activations, whose runs are whole groups
   * @param activation what they lie in
   * @param group how many a step takes
   */
  public DotRows(Rows source, Container activation, int group) {
    this.source = source;
    this.activation = activation;
    this.group = group;
  }

  @Override
  public int runLength() {
    return source.runLength() / group;
  }

  @Override
  public int[] runBase() {
    return source.runBase();
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
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    return source.load(work, firstRow, rows, firstStep * group, lastStep * group);
  }

  @Override
  public Object read(Workspace work, Container lane) {
    return work.activations.array(activation);
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return work.activations.segment(activation);
  }
}
