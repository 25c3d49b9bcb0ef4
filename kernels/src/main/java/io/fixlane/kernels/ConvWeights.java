package io.fixlane.kernels;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

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
   * @param firstOutput the first output of the group
   * @param columns how many outputs it has
   * @param channelsInner whether the channels of a tap are neighbouring steps, rather than the taps
   *     of a channel
   */
  ConvWeights(FixedTensor weights, int firstOutput, int columns, boolean channelsInner) {
    this.segment = weights.segment();
    this.container = Container.of(weights.format());
    this.lost = Long.SIZE - container.bits();
    this.signed = weights.format().signed();
    this.firstOutput = firstOutput;
    this.columns = columns;
    this.channels = weights.dimension(1);
    this.taps = weights.dimension(2) * weights.dimension(3);
    this.channelsInner = channelsInner;
  }

  /**
   * Returns the channels of a group.
   *
   * @throws IllegalArgumentException if the groups do not divide channels and outputs, or the
   *     weights have another shape
   */
  static int channelsOfGroup(
      FixedTensor weights, ImageShape image, Window window, int groups) {
    if (groups < 1 || image.channels() % groups != 0) {
      throw new IllegalArgumentException("groups is " + groups
          + ": it must be positive and divide the channels of the image, " + image.channels());
    }
    int channels = image.channels() / groups;
    int[] shape = weights.shape();
    int[] expected = {shape.length == 0 ? 0 : shape[0], channels, window.kernelHeight(),
      window.kernelWidth()};
    if (!Arrays.equals(shape, expected)) {
      throw new IllegalArgumentException("weights have the shape " + Arrays.toString(shape)
          + ": they must be outputs x channels of a group x kernelHeight x kernelWidth, outputs x "
          + channels + " x " + window.kernelHeight() + " x " + window.kernelWidth());
    }
    if (shape[0] < 1 || shape[0] % groups != 0) {
      throw new IllegalArgumentException("weights have " + shape[0]
          + " outputs: there must be one at least, and as many in each of " + groups + " groups");
    }
    return channels;
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
