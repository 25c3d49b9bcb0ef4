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
 */
public record SumFormats(
    TrainableFormat weight,
    TrainableFormat bias,
    @Nullable FixedFormat accumulator,
    TrainableFormat output,
    @Nullable KHot kHot) {
  /** Makes formats of weights as they are, and of an exact sum. */
  public static SumFormats of(
      TrainableFormat weight, TrainableFormat bias, TrainableFormat output) {
    return new SumFormats(weight, bias, null, output, null);
  }

  /** Returns the formats with a sum that is cast at every step. */
  public SumFormats withAccumulator(FixedFormat format) {
    return new SumFormats(weight, bias, format, output, kHot);
  }

  /** Returns the formats with K-hot weights. */
  public SumFormats withKHot(KHot encoder) {
    return new SumFormats(weight, bias, accumulator, output, encoder);
  }
}
