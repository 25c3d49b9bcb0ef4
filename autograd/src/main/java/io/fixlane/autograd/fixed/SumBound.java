package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How large the sums of a layer can become, which decides whether float sums are exact: they are
 * integers times 2<sup>-F</sup>, and a float holds integers up to 2<sup>24</sup>. As the bound is
 * that of the magnitudes, it holds for the partial sums of any order too.
 *
 * @param largest a bound of the sums of magnitudes
 * @param fractionBits F, of products and bias
 */
record SumBound(double largest, int fractionBits) {
  /**
   * Bounds sums from the range of the activations and the weights themselves.
   *
   * @param activations the format of what the weights are multiplied by
   * @param weights words whose last dimension are the outputs
   * @param bias one word for each output; null for none
   */
  static SumBound of(FixedFormat activations, Tensor weights, @Nullable Tensor bias) {
    int outputs = weights.dimension(-1);
    // Sums of at most 2^31 words of 24 bits: exact in double precision.
    double[] magnitudes = new double[outputs];
    float[] w = weights.data();
    for (int i = 0; i < w.length; i += outputs) {
      for (int n = 0; n < outputs; n++) {
        magnitudes[n] += Math.abs(w[i + n]);
      }
    }
    double activation = Math.scalb(
        activations.maxRaw().max(activations.minRaw().negate()).doubleValue(),
        -activations.fractionBits());
    double largest = 0;
    for (int n = 0; n < outputs; n++) {
      double start = bias == null ? 0 : Math.abs(bias.data()[n]);
      largest = Math.max(largest, magnitudes[n] * activation + start);
    }
    int products =
        activations.fractionBits() + FixedWords.format("weights", weights).fractionBits();
    return new SumBound(largest, bias == null
        ? products
        : Math.max(products, FixedWords.format("bias", bias).fractionBits()));
  }

  /** Returns whether the sums in floats are those of an accumulator; null is an exact one. */
  boolean isExactIn(@Nullable FixedFormat accumulator) {
    boolean floats = Math.scalb(largest, fractionBits) <= 1 << Tensor.MAX_WIDTH
        && -fractionBits >= Float.MIN_EXPONENT && largest <= Float.MAX_VALUE;
    if (accumulator == null || !floats) {
      return floats;
    }
    BigInteger kept = accumulator.maxKeptRaw().min(accumulator.minKeptRaw().negate());
    double highest = Math.scalb(kept.doubleValue(), -accumulator.fractionBits());
    return accumulator.signed() && accumulator.fractionBits() >= fractionBits
        && largest <= highest;
  }
}
