package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.AmxCopy;

/**
 * Weights of 8 bits for dot products by AMX: as {@link DotLayout} has them, and a step takes as
 * many of its words as a matrix has rows.
 */
public record AmxLayout() implements WeightLayout {
  private static final DotLayout WORDS = new DotLayout(Container.BYTE);

  /** Returns whether weights have no more than 8 bits. */
  public static boolean holds(WeightMatrix weights) {
    return WORDS.holds(weights);
  }

  @Override
  public int group() {
    return AmxCopy.STEP;
  }

  @Override
  public boolean crossesPixels() {
    return true;
  }

  @Override
  public boolean aligned() {
    return true;
  }

  @Override
  public int planes() {
    return group() / WORDS.group();
  }

  @Override
  public Container stored(WeightMatrix weights) {
    return WORDS.stored(weights);
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    return WORDS.word(weights, 0, step * planes() + plane, column);
  }
}
