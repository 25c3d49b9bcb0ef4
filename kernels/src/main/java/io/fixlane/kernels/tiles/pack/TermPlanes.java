package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;

/**
 * The terms of K-hot weights, for kernels that shift and add: plane p holds term p of every word,
 * as {@link io.fixlane.kernels.lanes.ShiftTerm} describes it.
 *
 * @param codes the terms, planes x size
 * @param planes the number of planes
 * @param size the number of words
 */
public record TermPlanes(byte[] codes, int planes, int size) implements WeightLayout {

  @Override
  public Container stored(WeightMatrix weights) {
    return Container.BYTE;
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    return codes[plane * size + (int) weights.index(step, column)];
  }
}
