package io.fixlane.reference;

import io.fixlane.format.QuantizationMode;
import java.math.BigInteger;

/**
 * The first half of a cast: v x 2<sup>-n</sup> brought to an integer.
 *
 * @param truncated t = floor(v / 2<sup>n</sup>), the bits kept
 * @param half qb, the first dropped bit: bit n-1 of v, sign-extended
 * @param sticky r, whether any bit below qb is set
 * @param negative s, whether v is negative
 * @param increment whether the mode adds one to the bits kept
 */
record Quantization(
    BigInteger truncated, boolean half, boolean sticky, boolean negative, boolean increment) {

  static Quantization of(BigInteger v, int n, QuantizationMode mode) {
    boolean negative = v.signum() < 0;
    if (n <= 0) {
      return new Quantization(v.shiftLeft(-n), false, false, negative, false);
    }
    BigInteger truncated = v.shiftRight(n);
    boolean half = v.testBit(n - 1);
    boolean sticky = v.signum() != 0 && v.getLowestSetBit() < n - 1;
    boolean increment = increments(mode, half, sticky, negative, truncated.testBit(0));
    return new Quantization(truncated, half, sticky, negative, increment);
  }

  private static boolean increments(
      QuantizationMode mode, boolean half, boolean sticky, boolean negative, boolean odd) {
    return switch (mode) {
      case AP_RND -> half;
      case AP_RND_ZERO -> half && (negative || sticky);
      case AP_RND_MIN_INF -> half && sticky;
      case AP_RND_INF -> half && (!negative || sticky);
      case AP_RND_CONV -> half && (odd || sticky);
      case AP_TRN -> false;
      case AP_TRN_ZERO -> negative && (half || sticky);
    };
  }

  BigInteger result() {
    return increment ? truncated.add(BigInteger.ONE) : truncated;
  }
}
