package io.fixlane.autograd.fixed;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.KHot;
import org.jspecify.annotations.Nullable;

/**
 * The formats of a layer that sums up products. That of the activations is the one that the input
 * carries.
 *
 * @param weight of the weights
 * @param bias of the bias, where the layer has one
 * @param accumulator what the sum is cast into at every step; null for an exact sum
 * @param output what the sum is cast into at the end
 * @param kHot what makes the weights K-hot; null to leave them
 * @param activation what happens to the sum before it is cast into the output
 * @param byChannel whether the weights of each output channel have an I of their own
 */
public record SumFormats(
    TrainableFormat weight,
    TrainableFormat bias,
    @Nullable FixedFormat accumulator,
    TrainableFormat output,
    @Nullable KHot kHot,
    Activation activation,
    boolean byChannel) {
  /** Makes formats of weights as they are, and of an exact sum. */
  public static SumFormats of(
      TrainableFormat weight, TrainableFormat bias, TrainableFormat output) {
    return new SumFormats(weight, bias, null, output, null, Activation.NONE, false);
  }

  /** Returns the formats with a sum that is cast at every step. */
  public SumFormats withAccumulator(FixedFormat format) {
    return new SumFormats(weight, bias, format, output, kHot, activation, byChannel);
  }

  /** Returns the formats with K-hot weights. */
  public SumFormats withKHot(KHot encoder) {
    return new SumFormats(weight, bias, accumulator, output, encoder, activation, byChannel);
  }

  /**
   * Returns the formats with sums of which negative ones become 0, and a format of what is left.
   */
  public SumFormats withRelu(TrainableFormat format) {
    return new SumFormats(
        weight, bias, accumulator, format, kHot, Activation.RELU, byChannel);
  }

  /** Returns the formats with weights of which each output channel has an I of its own. */
  public SumFormats withChannelPoints() {
    return new SumFormats(weight, bias, accumulator, output, kHot, activation, true);
  }
}
