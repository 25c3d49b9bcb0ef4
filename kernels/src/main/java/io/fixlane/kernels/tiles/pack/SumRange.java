package io.fixlane.kernels.tiles.pack;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.cast.ProductRounding;
import java.math.BigInteger;
import java.util.function.IntFunction;

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
public record SumRange(BigInteger low, BigInteger high) {
  private static final int HALF = 32;
  // Columns whose sums are formed at a time: they stay in the L1 cache.
  private static final int STRIP = 1024;
  private static final long LOW_HALF = (1L << HALF) - 1;

  /**
   * Returns the range of the sums of all columns.
   *
   * @param starts what the sums of each column start from
   */
  public static SumRange of(
      WeightMatrix weights, BigInteger aMin, BigInteger aMax, IntFunction<BigInteger> starts) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ZERO;
    int columns;
    for (int first = 0; first < weights.n(); first += columns) {
      columns = Math.min(STRIP, weights.n() - first);
      long[][] sums = sums(weights, first, columns);
      for (int n = 0; n < columns; n++) {
        BigInteger positive = joined(sums[0][n], sums[1][n]);
        BigInteger negative = joined(sums[2][n], sums[3][n]);
        BigInteger start = starts.apply(first + n);
        low = low.min(start.add(positive.multiply(aMin)).add(negative.multiply(aMax)));
        high = high.max(start.add(positive.multiply(aMax)).add(negative.multiply(aMin)));
      }
    }
    return new SumRange(low, high);
  }

  /**
   * Returns the range of the sums of all columns, of products that are rounded one by one; all of
   * them are longs.
   *
   * @param starts what the sums of each column start from
   */
  public static SumRange ofRounded(WeightMatrix weights, ProductRounding rounding, long aMin,
      long aMax, IntFunction<BigInteger> starts) {
    long[] lows = new long[weights.n()];
    long[] highs = new long[weights.n()];
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < lows.length; n++) {
        long w = weights.at(k, n);
        lows[n] += rounding.apply(w * (w > 0 ? aMin : aMax));
        highs[n] += rounding.apply(w * (w > 0 ? aMax : aMin));
      }
    }
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ZERO;
    for (int n = 0; n < lows.length; n++) {
      low = low.min(starts.apply(n).add(BigInteger.valueOf(lows[n])));
      high = high.max(starts.apply(n).add(BigInteger.valueOf(highs[n])));
    }
    return new SumRange(low, high);
  }

  /**
   * Returns the sums of the positive and of the negative weights of each column, in halves that do
   * not overflow.
   */
  private static long[][] sums(WeightMatrix weights, int first, int columns) {
    long[][] sums = new long[4][columns];
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < columns; n++) {
        long w = weights.at(k, first + n);
        int sign = w < 0 ? 2 : 0;
        sums[sign][n] += w & LOW_HALF;
        sums[sign + 1][n] += w >> HALF;
      }
    }
    return sums;
  }

  private static BigInteger joined(long low, long high) {
    return BigInteger.valueOf(high).shiftLeft(HALF).add(BigInteger.valueOf(low));
  }

  /** Returns the size of the smallest signed word that holds every sum. */
  public int bits() {
    return Math.max(low.bitLength(), high.bitLength()) + 1;
  }

  /** Returns the sums that, shifted left, are words of a format and no overflow of it. */
  public static SumRange of(FixedFormat format, int shift) {
    BigInteger lowest = format.minKeptRaw().negate().shiftRight(shift).negate();
    return new SumRange(lowest, format.maxKeptRaw().shiftRight(shift));
  }

  /** Returns whether every sum is in another range. */
  public boolean within(SumRange other) {
    return low.compareTo(other.low) >= 0 && high.compareTo(other.high) <= 0;
  }

  /** Returns the range and its size: {@code -9437184..9363456, 25 bits}. */
  @Override
  public String toString() {
    return low + ".." + high + ", " + bits() + " bits";
  }
}
