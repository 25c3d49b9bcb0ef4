package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/**
 * The source words that a cast does not take out of the destination's range. Quantization is
 * monotone, so they are those from {@code low} to {@code high}, found by bisection.
 *
 * @param source the source
 * @param target the destination
 * @param shift n, the number of bits dropped; negative to append zeros. Clamped where further
 *     shifts make no difference: to the right less than half a step is left, to the left all bits
 *     are lost
 * @param low the smallest word that does not overflow
 * @param high the largest word that does not overflow
 */
record SourceRange(
    FixedFormat source, FixedFormat target, int shift, BigInteger low, BigInteger high) {

  static SourceRange of(FixedFormat source, FixedFormat target) {
    int n = (int) Math.clamp(distance(source, target), -64L, source.width() + 1L);
    BigInteger low = Bisection.first(source.minRaw(), BigInteger.ZERO,
        v -> quantize(v, n, target).compareTo(target.minKeptRaw()) >= 0);
    BigInteger high = Bisection.last(BigInteger.ZERO, source.maxRaw(),
        v -> quantize(v, n, target).compareTo(target.maxKeptRaw()) <= 0);
    return new SourceRange(source, target, n, low, high);
  }

  private static long distance(FixedFormat source, FixedFormat target) {
    return (long) source.fractionBits() - target.fractionBits();
  }

  private static BigInteger quantize(BigInteger v, int n, FixedFormat target) {
    return Rounding.quantize(v, n, target.quantization());
  }

  /** Returns what a source word is quantized to. */
  BigInteger quantize(BigInteger v) {
    return quantize(v, shift, target);
  }

  boolean overflowsLow() {
    return !low.equals(source.minRaw());
  }

  boolean overflowsHigh() {
    return !high.equals(source.maxRaw());
  }

  /** Returns what becomes of the quantized words. */
  OverflowRecipe overflow() {
    return OverflowRecipe.of(target, overflowsLow() || overflowsHigh());
  }

  /**
   * Returns the position in the source word of the bit just above the destination's most
   * significant one; {@code size} for all beyond the word's lane, -1 for all below it.
   */
  int lostBit(int size) {
    return (int) Math.clamp(target.width() + distance(source, target), -1L, (long) size);
  }
}
