package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.HalfCopy;

/**
 * Weights of up to 8 bits for dot products of words of 16. They lie as those of {@link DotLayout}
 * do in two neighbouring vectors, in one: the lower byte of each word of 16 bits is of the first,
 * and the upper byte of the second.
 *
 * @param lanes the columns of a vector; all columns are whole pairs of vectors
 */
public record HalfWords(int lanes) implements WeightLayout {
  private static final int GROUP = 2;

  @Override
  public int group() {
    return GROUP;
  }

  @Override
  public boolean crossesPixels() {
    return true;
  }

  @Override
  public Container stored(WeightMatrix weights) {
    return Container.SHORT;
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    int first = column - column % (2 * lanes) + column % (2 * lanes) / 2;
    int k = GROUP * step + column % 2;
    return weights.at(k, first) & 0xFF | weights.at(k, first + lanes) << Byte.SIZE;
  }

  @Override
  public PanelWidening widening(Container stored, Container lane) {
    return (work, words, from, target, to, count) -> HalfCopy.ofWords(words, from * Short.BYTES,
        target, to * Integer.BYTES, count * Short.BYTES, lanes * Integer.BYTES,
        work.tile.memory.numbers, work.tile.memory.numberMemory);
  }
}
