package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;

/**
 * Weights for dot products: a word of 32 bits holds four of 8 bits or two of 16, of neighbouring
 * steps, the first in its lowest bits.
 *
 * @param weight what a weight lies in
 */
public record DotLayout(Container weight) implements WeightLayout {

  /** Returns whether weights are no wider than that. */
  public boolean holds(WeightMatrix weights) {
    return WeightLayout.words().stored(weights).bits() <= weight.bits();
  }

  @Override
  public int group() {
    return Integer.SIZE / weight.bits();
  }

  @Override
  public boolean crossesPixels() {
    return true;
  }

  @Override
  public Container stored(WeightMatrix weights) {
    return Container.INT;
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    long word = 0;
    for (int t = group() - 1; t >= 0; t--) {
      long one = weights.at(step * group() + t, column);
      word = word << weight.bits() | one & (1L << weight.bits()) - 1;
    }
    return word;
  }
}
