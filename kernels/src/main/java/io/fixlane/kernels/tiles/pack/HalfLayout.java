package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.HalfCopy;

/**
 * Weights for dot products, of half the bits that are multiplied. They lie as those of
 * {@link DotLayout} do in two neighbouring vectors, in one: each lower half of a byte, or of a word
 * of 16 bits, is of the first, and the upper half of the second. A few instructions give
 * whole vectors again.
 *
 * <p>Bytes of 16-bit words have signs; halves of bytes are numbers from 0 to 15, larger by 8 than
 * the weights. A word of 16 bits is stored for each column, two for each of the first vector.
 *
 * @param weight what is multiplied: bytes or words of 16 bits
 * @param lanes the columns of a vector; all columns are whole pairs of vectors
 */
public record HalfLayout(Container weight, int lanes) implements WeightLayout {
  private static final int BIAS = 8;

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
    return Container.SHORT;
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    int pair = column % (2 * lanes);
    int first = column - pair + pair / 2;
    int each = group() / 2;
    int k = group() * step + each * (pair % 2);
    long word = 0;
    for (int t = each - 1; t >= 0; t--) {
      long halves = half(weights, k + t, first)
          | half(weights, k + t, first + lanes) << weight.bits() / 2;
      word = word << weight.bits() | halves;
    }
    return word;
  }

  private long half(WeightMatrix weights, int k, int column) {
    return weight == Container.BYTE
        ? weights.at(k, column) + BIAS
        : weights.at(k, column) & 0xFF;
  }

  @Override
  public PanelWidening widening(Container stored, Container lane) {
    int block = lanes * Integer.BYTES;
    return (work, words, from, target, to, count) -> {
      long source = from * Short.BYTES;
      long goal = to * Integer.BYTES;
      long bytes = count * Short.BYTES;
      long[] numbers = work.tile.memory.numbers;
      if (weight == Container.BYTE) {
        HalfCopy.ofBytes(
            words, source, target, goal, bytes, block, numbers, work.tile.memory.numberMemory);
      } else {
        HalfCopy.ofWords(
            words, source, target, goal, bytes, block, numbers, work.tile.memory.numberMemory);
      }
    };
  }
}
