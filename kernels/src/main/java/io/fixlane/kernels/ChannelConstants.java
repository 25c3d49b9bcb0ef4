package io.fixlane.kernels;

import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;

/**
 * The constants of a scale-and-shift: one word for each channel, and the same words repeated, so
 * that a few channels make stretches long enough for vectors.
 *
 * @param scale the factors
 * @param repeatedScale the factors, one time after the other
 * @param repeatedBias what is added, one time after the other
 */
record ChannelConstants(FixedTensor scale, FixedTensor repeatedScale, FixedTensor repeatedBias) {
  private static final int STRETCH = 1024;

  static ChannelConstants of(FixedTensor scale, FixedTensor bias) {
    if (!Arrays.equals(scale.shape(), bias.shape())) {
      throw new IllegalArgumentException(
          "bias has the shape " + Arrays.toString(bias.shape()) + ": it must have that of scale, "
              + Arrays.toString(scale.shape()));
    }
    return new ChannelConstants(repeated(scale, 1), repeated(scale), repeated(bias));
  }

  /** Copies a tensor as often as makes a stretch that is long enough for vectors. */
  static FixedTensor repeated(FixedTensor tensor) {
    return repeated(tensor, STRETCH);
  }

  /** Copies a tensor as often as is needed for so many words. */
  private static FixedTensor repeated(FixedTensor tensor, int words) {
    long channels = tensor.size();
    int times = (int) Math.max(1, Math.ceilDiv(words, Math.max(1, channels)));
    FixedTensor copies = times == 1
        ? FixedTensor.allocate(tensor.format(), tensor.shape())
        : FixedTensor.allocate(tensor.format(), (int) (times * channels));
    long bytes = tensor.segment().byteSize();
    for (int i = 0; i < times; i++) {
      copies.segment().asSlice(i * bytes, bytes).copyFrom(tensor.segment());
    }
    return copies;
  }
}
