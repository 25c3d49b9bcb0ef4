package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.util.List;

/**
 * Weights of 16 bits in two planes, as {@code w = 256 high + low} with {@code -128 <= low < 128}:
 * products with either are short enough for many sums in 32 bits.
 *
 * @param plane how each plane lies
 */
public record ByteLayout(WeightLayout plane) implements WeightLayout {
  /** How far the sums of the second plane are shifted to the left. */
  public static final int HIGH_SHIFT = Byte.SIZE;

  /** The low or the high bytes of weights. */
  private record Bytes(WeightMatrix weights, boolean high) implements WeightMatrix {
    @Override
    public int k() {
      return weights.k();
    }

    @Override
    public int n() {
      return weights.n();
    }

    @Override
    public long at(int k, int n) {
      long word = weights.at(k, n);
      byte low = (byte) word;
      return high ? word - low >> HIGH_SHIFT : low;
    }

    @Override
    public long index(int k, int n) {
      return weights.index(k, n);
    }
  }

  /** Returns the low bytes of weights, and the high ones. */
  public static List<WeightMatrix> of(WeightMatrix weights) {
    return List.of(new Bytes(weights, false), new Bytes(weights, true));
  }

  @Override
  public List<WeightMatrix> summed(WeightMatrix weights) {
    return of(weights);
  }

  @Override
  public int group() {
    return plane.group();
  }

  @Override
  public boolean crossesPixels() {
    return plane.crossesPixels();
  }

  @Override
  public int planes() {
    return 2;
  }

  @Override
  public Container stored(WeightMatrix weights) {
    return plane.stored(weights);
  }

  @Override
  public PanelWidening widening(Container stored, Container lane) {
    return plane.widening(stored, lane);
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    return this.plane.word(new Bytes(weights, plane != 0), 0, step, column);
  }
}
