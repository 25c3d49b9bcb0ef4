package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.QuantizationMode;
import org.jspecify.annotations.Nullable;

/**
 * What a cast of a sum into a format of fewer fraction bits does to the product that was added, and
 * to that alone: {@code s + ((p + base) >> shift)}, where s has the format's fraction bits already.
 * So are sums cast whose mode adds one constant, whatever the sign and the last bit of the sum:
 *
 * <pre>
 *   ((s &lt;&lt; n) + p + base) &gt;&gt; n = s + ((p + base) &gt;&gt; n)
 * </pre>
 *
 * @param shift n, the fraction bits that a product has more
 * @param base what is added to a product
 */
public record ProductRounding(int shift, long base) {
  /** Products that are added as they are. */
  public static final ProductRounding NONE = new ProductRounding(0, 0);

  /**
   * Returns the rounding of a mode, or null where what becomes of a product depends on the sum.
   *
   * @param shift the fraction bits that a product has more, 1 to 62
   */
  public static @Nullable ProductRounding of(QuantizationMode mode, int shift) {
    Rounding rounding = Rounding.of(mode, shift);
    return rounding.signTerm().signum() == 0 && rounding.oddTerm().signum() == 0
        ? new ProductRounding(shift, rounding.base().longValueExact())
        : null;
  }

  /** Returns what is added to a sum for a product. */
  public long apply(long product) {
    return product + base >> shift;
  }
}
