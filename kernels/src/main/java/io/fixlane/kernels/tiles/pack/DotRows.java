package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.MemorySegment;

/** Rows of activations for dot products, which take a group of them as they lie. */
public final class DotRows extends GroupedRows {
  private final Container activation;

  /**
   * Makes rows.
   *
   * @param source rows of activations, in whole groups
   * @param activation what they lie in
   * @param group how many a step takes
   */
  public DotRows(Rows source, Container activation, int group) {
    super(source, group);
    this.activation = activation;
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
