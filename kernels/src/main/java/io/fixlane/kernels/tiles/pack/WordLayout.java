package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;

/** Weights as they are. */
record WordLayout() implements WeightLayout {
  static final WordLayout WORDS = new WordLayout();

  @Override
  public Container stored(WeightMatrix weights) {
    long bits = 0;
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < weights.n(); n++) {
        long w = weights.at(k, n);
        bits |= w ^ w >> 63;
      }
    }
    return bits <= Byte.MAX_VALUE
        ? Container.BYTE
        : bits <= Short.MAX_VALUE
            ? Container.SHORT
            : bits <= Integer.MAX_VALUE ? Container.INT : Container.LONG;
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    return weights.at(step, column);
  }
}
