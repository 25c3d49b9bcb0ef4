package io.fixlane.network.layer;

import io.fixlane.network.words.SignWeights;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;

/**
 * A convolution of signs, +1 and -1, as {@link io.fixlane.kernels.BinaryConv2d} computes it: of the
 * words that come only the signs count, -1 where a word is negative, else +1. Products are xors of
 * sign bits, and sums popcounts. Taps outside the image are skipped: padding counts as 0, neither
 * as +1 nor as -1. The groups are as many as the channels of a group go into the channels of the
 * input.
 *
 * @param name the name
 * @param weights outputs x channels of a group x kernelHeight x kernelWidth signs: words of
 *     {@link io.fixlane.kernels.Signs#WORD}, 0 for +1 and -1 for -1, read-only
 * @param window how the kernel moves
 * @param result what becomes of the sums
 */
public record BinaryConvLayer(
    String name, FixedTensor weights, Window window, BinaryResult result) implements Layer {
  /**
   * Makes the layer.
   *
   * @param weights words of any format, of which the signs are kept
   */
  public BinaryConvLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(result, "result");
    weights = SignWeights.of(weights);
  }
}
