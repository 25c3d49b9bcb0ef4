package io.fixlane.network.layer;

import io.fixlane.network.words.SignWeights;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;

/**
 * A matrix product of signs, +1 and -1: of the words that come only the signs count, -1 where a
 * word is negative, else +1. Products are xors of sign bits, and sums popcounts, as
 * {@link io.fixlane.kernels.BinaryGemm} says.
 *
 * @param name the name
 * @param weights k x n signs, k being the features of the input: words of
 *     {@link io.fixlane.kernels.Signs#WORD}, 0 for +1 and -1 for -1, read-only
 * @param result what becomes of the sums
 */
public record BinaryDenseLayer(String name, FixedTensor weights, BinaryResult result)
    implements Layer {
  /**
   * Makes the layer.
   *
   * @param weights k x n words of any format, of which the signs are kept
   */
  public BinaryDenseLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(result, "result");
    weights = SignWeights.of(weights);
  }
}
