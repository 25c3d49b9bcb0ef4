package io.fixlane.kernels;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;

/**
 * The weights of one group of a convolution, outputs x channels x kernelHeight x kernelWidth words,
 * as a matrix with a column for each output, its steps in one of the orders of taps.
 */
final class ConvWeights implements WeightMatrix {
  private final MemorySegment segment;
  private final Container container;
  private final int lost;
  private final boolean signed;
  private final int firstOutput;
  private final int columns;
  private final int channels;
  private final int taps;
  private final boolean channelsInner;

  /**
   * Makes the matrix.
   *
   * @param weights the weights of all groups
   * @param shape the convolution
   * @param group the group
   * @param channelsInner whether the channels of a tap are neighbouring steps, rather than the taps
   *     of a channel
   */
  ConvWeights(FixedTensor weights, ConvShape shape, int group, boolean channelsInner) {
    this.segment = weights.segment();
    this.container = Container.of(weights.format());
    this.lost = Long.SIZE - container.bits();
    this.signed = weights.format().signed();
    this.columns = shape.depthwise() ? shape.outputs() : shape.outputs() / shape.groups();
    this.firstOutput = group * columns;
    this.channels = shape.channels() / shape.groups();
    this.taps = shape.kernelHeight() * shape.kernelWidth();
    this.channelsInner = channelsInner;
  }

  @Override
  public int k() {
    return channels * taps;
  }

  @Override
  public int n() {
    return columns;
  }

  @Override
  public long at(int k, int n) {
    long word = container.read(segment, index(k, n) * container.bytes());
    return signed ? word : word << lost >>> lost;
  }

  @Override
  public long index(int k, int n) {
    int place = channelsInner ? k % channels * taps + k / channels : k;
    return (long) (firstOutput + n) * channels * taps + place;
  }
}
