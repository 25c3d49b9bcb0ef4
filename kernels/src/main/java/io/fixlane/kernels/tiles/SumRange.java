package io.fixlane.kernels.tiles;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import java.math.BigInteger;

/**
 * What sums can be, over all activations of a format:
 * {@code low <= start + sum of w[k] x a[k] <= high}, and so is every sum of the first k.
 *
 * <p>A weight w &gt; 0 adds at most w x aMax and at least w x aMin, one that is negative the other
 * way round; 0 is an activation of every format, so no step narrows the range.
 *
 * @param low the smallest sum
 * @param high the largest sum
 */
record SumRange(BigInteger low, BigInteger high) {
  // Far enough from overflow for one more weight, which a unit takes only up to 53 bits.
  private static final long CARRY = 1L << 62;

  /** Returns the range of the sums of one column. */
  static SumRange of(WeightMatrix weights, int column, BigInteger aMin, BigInteger aMax,
      BigInteger start) {
    BigInteger positive = BigInteger.ZERO;
    BigInteger negative = BigInteger.ZERO;
    long p = 0;
    long n = 0;
    for (int k = 0; k < weights.k(); k++) {
      long w = weights.at(k, column);
      p += Math.max(w, 0);
      n += Math.min(w, 0);
      if (p > CARRY || n < -CARRY) {
        positive = positive.add(BigInteger.valueOf(p));
        negative = negative.add(BigInteger.valueOf(n));
        p = 0;
        n = 0;
      }
    }
    positive = positive.add(BigInteger.valueOf(p));
    negative = negative.add(BigInteger.valueOf(n));
    return new SumRange(
        start.add(positive.multiply(aMin)).add(negative.multiply(aMax)),
        start.add(positive.multiply(aMax)).add(negative.multiply(aMin)));
  }

  /** Returns the smallest range that holds both. */
  SumRange union(SumRange other) {
    return new SumRange(low.min(other.low), high.max(other.high));
  }

  /** Returns the size of the smallest signed word that holds every sum. */
  int bits() {
    return Math.max(low.bitLength(), high.bitLength()) + 1;
  }

  /** Returns whether every sum, shifted left, is a word of a format and no overflow of it. */
  boolean within(FixedFormat format, int shift) {
    boolean symmetric = format.signed() && format.overflow() == OverflowMode.AP_SAT_SYM;
    BigInteger smallest = symmetric ? format.maxRaw().negate() : format.minRaw();
    return low.shiftLeft(shift).compareTo(smallest) >= 0
        && high.shiftLeft(shift).compareTo(format.maxRaw()) <= 0;
  }

  @Override
  public String toString() {
    return "a sum in " + low + ".." + high;
  }
}
