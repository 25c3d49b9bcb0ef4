package io.fixlane.kernels.tiles;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a product is to compute: for each row and column n,
 * {@code ACC s = start[n]; for k ascending: s += a[k] * w[k, n]}.
 *
 * @param activations the format of a
 * @param weightFormat the format of w
 * @param weights w
 * @param bias ACC's words that the sums start from, or null for 0
 * @param biasFormat their format: the accumulator's, or any where sums are exact
 * @param accumulator ACC, or null for exact sums
 * @param run how many activations of a row lie one after the other; a divisor of k
 * @param cell how many of them must not be divided among groups of a table; a divisor of run
 * @param lanewise whether column n takes only activation n of each run of one pixel
 * @param terms the weights' terms where products are to be K shifts and additions, else null
 * @param forced the unit to take, whether or not it is proven exact, or null; for tests of the
 *     proofs
 */
public record ProductSpec(
    FixedFormat activations, FixedFormat weightFormat, WeightMatrix weights,
    BigInteger @Nullable [] bias,
    FixedFormat biasFormat, @Nullable FixedFormat accumulator, int run, int cell, boolean lanewise,
    @Nullable TermPlanes terms, @Nullable Unit forced) {

  /** Returns the format of an exact product. */
  FixedFormat product() {
    return activations.times(weightFormat);
  }
}
