package io.fixlane.jmh.peers;

/**
 * Sums of products as x86 processors without VNNI make them where bytes are multiplied by
 * {@code vpmaddubsw}: it takes unsigned activations and signed weights, and adds the products of
 * two neighbours into 16 bits, where the sum saturates. Signed activations are made unsigned by
 * adding 128, and 128 times the sum of the weights is subtracted in the end.
 */
final class PairSaturation {
  private static final int OFFSET = 128;

  private PairSaturation() {}

  /**
   * Returns a sum.
   *
   * @param signed whether activations are signed
   * @param a the activations
   * @param start where they begin
   * @param weights the weights
   * @param first where they begin
   * @param step how far they lie apart
   * @param k how many products there are; one that has no neighbour has 0 for it
   */
  static int sum(
      boolean signed, byte[] a, int start, byte[] weights, int first, int step, int k) {
    int sum = 0;
    for (int i = 0; i < k; i += 2) {
      int pair = product(signed, a[start + i], weights[first + i * step]);
      int taken = weights[first + i * step];
      if (i + 1 < k) {
        pair += product(signed, a[start + i + 1], weights[first + (i + 1) * step]);
        taken += weights[first + (i + 1) * step];
      }
      sum += Math.clamp(pair, Short.MIN_VALUE, Short.MAX_VALUE) - (signed ? OFFSET * taken : 0);
    }
    return sum;
  }

  private static int product(boolean signed, byte a, byte weight) {
    return (signed ? a + OFFSET : Byte.toUnsignedInt(a)) * weight;
  }
}
