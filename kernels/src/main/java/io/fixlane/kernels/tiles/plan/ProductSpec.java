package io.fixlane.kernels.tiles.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Int128;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.kernels.tiles.pack.WeightMatrix;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a product is to compute: for each row and column n,
 * {@code ACC s = start[n]; for k ascending: s += a[k] * w[k, n]}.
 *
 * @param activations the format of a
 * @param weightFormat the format of w
 * @param weights w
 * @param bias ACC's words that the sums start from, a row of them, or null for 0
 * @param biasFormat their format: the accumulator's, or any where sums are exact
 * @param accumulator ACC, or null for exact sums
 * @param run how many activations of a row lie one after the other; a divisor of k; where columns
 *     have activations of their own, how many taps a kernel row has
 * @param cell how many of them make a pixel, which groups of a table do not cross; a divisor of run
 * @param lanewise whether column n takes only activation n of each run of one pixel
 * @param terms the weights' terms where products are to be K shifts and additions, else null
 * @param forced the unit to take, whether or not it is proven exact, or null; for tests of the
 *     proofs
 */
public record ProductSpec(
    FixedFormat activations, FixedFormat weightFormat, WeightMatrix weights,
    @Nullable WeightMatrix bias, FixedFormat biasFormat, @Nullable FixedFormat accumulator, int run,
    int cell, boolean lanewise, @Nullable TermPlanes terms, @Nullable Unit forced) {
  private static final BigInteger WORDS = BigInteger.TWO.pow(Long.SIZE);

  /** Returns the bias of a column as an integer, also where it is unsigned and has 64 bits. */
  BigInteger exactBias(int column) {
    BigInteger word = BigInteger.valueOf(bias.at(0, column));
    return biasFormat.signed() ? word : word.mod(WORDS);
  }

  /** Returns the format of an exact product. */
  public FixedFormat product() {
    return activations.times(weightFormat);
  }

  /** Returns the bits above the binary point of every exact sum. */
  public long sumIntegerBits() {
    // The sum of up to 2^c products has c bits more than one; two signs and a last carry, 2 more.
    int carries =
        accumulator == null ? Integer.SIZE - Integer.numberOfLeadingZeros(weights.k()) : 0;
    return Math.max((long) product().integerBits() + carries, addend().integerBits()) + 2;
  }

  /** Returns the bits below the binary point of every exact sum. */
  public int sumFractionBits() {
    return Math.max(product().fractionBits(), addend().fractionBits());
  }

  /** Returns the format of what products are added to. */
  private FixedFormat addend() {
    return accumulator != null ? accumulator : bias != null ? biasFormat : product();
  }

  /** Returns why exact sums of so many bits are not formed. */
  public IllegalArgumentException tooWide(long bits) {
    String products = " of " + activations + " and " + weightFormat;
    String sum = accumulator != null
        ? "an accumulator of " + accumulator + " and a product" + products
        : weights.k() + " products" + products
            + (bias == null ? "" : " and a bias of " + biasFormat);
    return new IllegalArgumentException("the exact sum of " + sum + " has " + bits
        + " bits: kernels compute in at most " + Int128.SIZE + " bits");
  }
}
