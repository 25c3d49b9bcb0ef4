package io.fixlane.network;

import io.fixlane.tensor.FixedTensor;
import java.util.Locale;

/**
 * What a network, or a layer of it, costs.
 *
 * @param parameters the words of weights, biases, scales and shifts
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
  /** What costs nothing. */
  static final NetworkCost NONE = new NetworkCost(0, 0, 0, 0, 0, 0);

  static NetworkCost ofMultiplications(long multiplications) {
    return new NetworkCost(0, 0, 0, multiplications, 0, 0);
  }

  static NetworkCost ofSignProducts(long products) {
    return new NetworkCost(0, 0, 0, 0, products, 0);
  }

  static NetworkCost ofAdders(long adders) {
    return new NetworkCost(0, 0, 0, 0, 0, adders);
  }

  static NetworkCost ofMacs(long macs) {
    return new NetworkCost(0, 0, macs, 0, 0, 0);
  }

  static NetworkCost ofWords(FixedTensor words) {
    return new NetworkCost(
        words.size(), WordPacking.bytes(words.size(), words.format()), 0, 0, 0, 0);
  }

  /** Returns the sum of two costs. */
  NetworkCost plus(NetworkCost other) {
    return new NetworkCost(parameters + other.parameters, packedBytes + other.packedBytes,
        macs + other.macs, multiplications + other.multiplications,
        signProducts + other.signProducts, adders + other.adders);
  }

  /** Returns the cost in words. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT,
        "%,d parameters in %,d bytes; %,d MACs, %,d multiplications, %,d products of signs a"
            + " sample; %,d K-hot adders",
        parameters, packedBytes, macs, multiplications, signProducts, adders);
  }
}
