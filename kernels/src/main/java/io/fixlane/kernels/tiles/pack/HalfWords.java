package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Loops;

/**
 * Weights of up to 8 bits for dot products of words of 16: a word of 16 bits holds two, of
 * neighbouring steps, the first in its lower byte. With the sign of each byte extended it is what
 * {@link DotLayout} has.
 */
public record HalfWords() implements WeightLayout {
  @Override
  public int group() {
    return Short.BYTES;
  }

  @Override
  public Container stored(WeightMatrix weights) {
    return Container.SHORT;
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    return weights.at(2 * step, column) & 0xFF | weights.at(2 * step + 1, column) << Byte.SIZE;
  }

  @Override
  public PanelWidening widening(Container stored, Container lane) {
    Loops bytes = Widening.loops(Container.BYTE, true, Container.SHORT);
    return (work, words, from, lanes, to, count) -> bytes.compute(words, from * Short.BYTES, words,
        0, words, 0, lanes, to * Integer.BYTES, count * Short.BYTES, null);
  }
}
