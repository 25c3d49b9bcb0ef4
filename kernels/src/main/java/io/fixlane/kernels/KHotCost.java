package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.khot.KHotTerms;
import io.fixlane.tensor.FixedTensor;
import java.util.Locale;
import java.util.Objects;

/**
 * What the products with a layer's K-hot weights cost in hardware, and what multipliers they save.
 *
 * <p>The model is a layer that is unrolled in full: each weight is a constant of the circuit and
 * has hardware of its own. A product of t terms takes t - 1 adders (or subtracters, of the same
 * cost); its first sign goes into the accumulator, which adds or subtracts. A shift by a constant
 * is wires alone and costs no logic. A weight of 0 takes nothing. The accumulators' own adders,
 * which a layer with multipliers has as well, are not counted.
 *
 * <p>Where weights come from memory instead, so that one unit computes with many of them, it takes
 * as many barrel shifters as {@link #maxTerms}, and one adder less.
 *
 * <p>The multipliers saved are those of the same layer with one for every weight that is not 0,
 * each made of DSP slices. A slice of UltraScale, DSP48E2, multiplies 27 by 18 bits in two's
 * complement (UG579, UltraScale Architecture DSP Slice User Guide). Wider factors are cut into
 * parts, the lower ones unsigned and so one bit narrower, with a slice for each pair of parts. That
 * is what a design pays that leaves its products to the slices. Tools make narrow products, and
 * products by constants, of LUTs where that is cheaper, and may pack two narrow ones into a slice:
 * such a design saves fewer slices than are stated here, and LUTs instead.
 *
 * @param x the format of what is multiplied by the weights
 * @param weight the format of the weights
 * @param weights the number of weights
 * @param zeros how many of them are 0
 * @param terms the number of terms of all
 * @param maxTerms the largest number of terms of a weight
 * @param adders the adders that make the terms into products
 * @param shifts the shifts by at least one bit, each of them constant wires
 * @param dspSlices the DSP slices of the multipliers that are avoided
 * @see <a href="https://docs.amd.com/v/u/en-US/ug579-ultrascale-dsp">UG579</a>
 */
public record KHotCost(
    FixedFormat x, FixedFormat weight, long weights, long zeros, long terms, int maxTerms,
    long adders, long shifts, long dspSlices) {
  private static final int WIDE_FACTOR = 27;
  private static final int NARROW_FACTOR = 18;

  /** Makes a cost. */
  public KHotCost {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(weight, "weight");
  }

  static KHotCost of(FixedFormat x, KHotTerms terms) {
    FixedTensor words = terms.words();
    long zeros = 0;
    for (long i = 0; i < words.size(); i++) {
      zeros += words.raw(i) == 0 ? 1 : 0;
    }
    long multipliers = words.size() - zeros;
    return new KHotCost(x, words.format(), words.size(), zeros, terms.count(),
        terms.count() == 0 ? 0 : terms.planes(), terms.count() - multipliers, terms.shifted(),
        multipliers * slices(x, words.format()));
  }

  /** Returns the number of multipliers avoided: one for every weight that is not 0. */
  public long multipliers() {
    return weights - zeros;
  }

  /** Returns the number of slices of a product, with the factors either way round. */
  private static long slices(FixedFormat x, FixedFormat weight) {
    int a = signedWidth(x);
    int b = signedWidth(weight);
    return Math.min(parts(a, WIDE_FACTOR) * parts(b, NARROW_FACTOR),
        parts(a, NARROW_FACTOR) * parts(b, WIDE_FACTOR));
  }

  /** An unsigned factor has a bit more, 0, as a two's complement one. */
  private static int signedWidth(FixedFormat format) {
    return format.signed() ? format.width() : format.width() + 1;
  }

  private static long parts(int width, int factor) {
    return 1 + Math.ceilDiv(Math.max(0, width - factor), factor - 1);
  }

  /** Returns the cost in a sentence for what is paid, and one for what is saved. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT,
        "%,d weights of %s, %,d of them 0, as %,d terms, at most %d each: %,d adders; %,d shifts,"
            + " all constant wires (%d barrel shifters a unit if weights come from memory)."
            + " Avoided for x of %s: %,d multipliers, %,d DSP slices of 27 x 18 bits"
            + " (fewer if narrow products are made of LUTs).",
        weights, weight, zeros, terms, maxTerms, adders, shifts, maxTerms, x, multipliers(),
        dspSlices);
  }
}
