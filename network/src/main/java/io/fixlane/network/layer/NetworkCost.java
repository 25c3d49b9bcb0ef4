package io.fixlane.network.layer;

import java.util.Locale;

/**
 * What a network, or a layer of it, costs.
 *
 * @param parameters the words of weights, biases, scales, shifts, tables and thresholds
 * @param packedBytes the bytes of these words at W bits each, every tensor in whole bytes: what
 *     they take in a file
 * @param macs the multiply-accumulates of matrix products and convolutions for one sample, taps in
 *     the padding included, K-hot, of signs, or neither
 * @param multiplications the multiplications for one sample: those of {@code macs} and of scales,
 *     without those by K-hot weights and those of signs
 * @param signProducts the products of two signs among {@code macs}: a xor of two bits each, and its
 *     share of a popcount
 * @param adders the adders that make the terms of K-hot weights into products, in hardware that has
 *     some for each weight, as {@link io.fixlane.kernels.KHotCost} counts them
 */
public record NetworkCost(
    long parameters, long packedBytes, long macs, long multiplications,
    long signProducts, long adders) {
  /** Returns the cost in words. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT,
        "%,d parameters in %,d bytes; %,d MACs, %,d multiplications, %,d products of signs a"
            + " sample; %,d K-hot adders",
        parameters, packedBytes, macs, multiplications, signProducts, adders);
  }
}
