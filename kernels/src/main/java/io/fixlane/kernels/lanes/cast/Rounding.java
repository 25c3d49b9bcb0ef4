package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.QuantizationMode;
import java.math.BigInteger;

/**
 * A quantization mode as arithmetic. For n &gt;= 1 dropped bits, with mask = 2<sup>n</sup> - 1, t =
 * v &gt;&gt; n and sign = v &gt;&gt; (lane bits - 1), every mode is
 *
 * <pre>
 *   q = t + (((v &amp; mask) + base + (sign &amp; signTerm) + (t &amp; oddTerm)) &gt;&gt;&gt; n)
 *     = (v + base + (sign &amp; signTerm) + (t &amp; oddTerm)) &gt;&gt; n    where the sum fits
 * </pre>
 *
 * <p>A loop over floats, whose n differs from lane to lane, shifts the terms of one n to those of
 * another: so they are of the few kinds that can be shifted.
 *
 * @param base added always: 0, one below the half, the half or the mask, as ties go
 * @param signTerm added where v is negative: -1, 0, 1 or the mask; -1 takes one off
 * @param oddTerm added where t is odd: 0 or 1
 */
record Rounding(BigInteger base, BigInteger signTerm, BigInteger oddTerm) {

  /** Adds nothing: no bits are dropped. */
  static final Rounding NONE = new Rounding(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  static Rounding of(QuantizationMode mode, int n) {
    BigInteger half = BigInteger.ONE.shiftLeft(n - 1);
    BigInteger below = half.subtract(BigInteger.ONE);
    BigInteger zero = BigInteger.ZERO;
    return switch (mode) {
      case AP_RND -> new Rounding(half, zero, zero);
      case AP_RND_ZERO -> new Rounding(below, BigInteger.ONE, zero);
      case AP_RND_MIN_INF -> new Rounding(below, zero, zero);
      case AP_RND_INF -> new Rounding(half, BigInteger.ONE.negate(), zero);
      case AP_RND_CONV -> new Rounding(below, zero, BigInteger.ONE);
      case AP_TRN -> NONE;
      case AP_TRN_ZERO ->
          new Rounding(zero, BigInteger.ONE.shiftLeft(n).subtract(BigInteger.ONE), zero);
    };
  }

  /** Quantizes v x 2<sup>-n</sup>, on integers of any size. */
  static BigInteger quantize(BigInteger v, int n, QuantizationMode mode) {
    if (n <= 0) {
      return v.shiftLeft(-n);
    }
    Rounding rounding = of(mode, n);
    BigInteger sum = v.add(rounding.base);
    if (v.signum() < 0) {
      sum = sum.add(rounding.signTerm);
    }
    if (v.testBit(n)) {
      sum = sum.add(rounding.oddTerm);
    }
    return sum.shiftRight(n);
  }

  /**
   * Returns the largest sum v + base + ... for words v of at most {@code v}, which is not negative.
   */
  BigInteger largest(BigInteger v) {
    // The sign term is added to negative words, whose sums are smaller.
    return v.add(base).add(oddTerm);
  }
}
