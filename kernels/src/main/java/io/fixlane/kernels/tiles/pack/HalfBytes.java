package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.HalfCopy;

/**
 * Weights of up to 4 bits for dot products of bytes, each larger by 8, so that half a byte without
 * a sign holds it. They lie as those of {@link DotLayout} do in two neighbouring vectors, in one:
 *
 * <pre>
 *   byte i of a row   =  (byte i of the first vector + 8)  +  16 * (byte i of the second + 8)
 * </pre>
 *
 * <p>so that a mask and a shift give whole vectors again. Words are of 16 bits, two for each column
 * of the first vector.
 *
 * @param lanes the columns of a vector; all columns are whole pairs of vectors
 */
public record HalfBytes(int lanes) implements WeightLayout {
  private static final int GROUP = 4;
  private static final int BIAS = 8;

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
    int k = GROUP * step + 2 * (column % 2);
    return pair(weights, k, first) | pair(weights, k + 1, first) << Byte.SIZE;
  }

  private long pair(WeightMatrix weights, int k, int column) {
    return weights.at(k, column) + BIAS | weights.at(k, column + lanes) + BIAS << Byte.SIZE / 2;
  }

  @Override
  public PanelWidening widening(Container stored, Container lane) {
    return (work, words, from, target, to, count) -> HalfCopy.ofBytes(words, from * Short.BYTES,
        target, to * Integer.BYTES, count * Short.BYTES, lanes * Integer.BYTES,
        work.tile.memory.numbers, work.tile.memory.numberMemory);
  }
}
