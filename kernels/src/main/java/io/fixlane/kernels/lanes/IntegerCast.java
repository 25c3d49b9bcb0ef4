package io.fixlane.kernels.lanes;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import java.math.BigInteger;

/**
 * A cast from fixed to fixed, as the constants of a loop over lanes of 16, 32 or 64 bits.
 *
 * <p>Quantization is monotone in the source word v. So whether v overflows is a question about v
 * itself, v &lt; low or v &gt; high, answered before anything is shifted or rounded, and the
 * quantized word is only needed modulo the lane: no spare bit is needed anywhere. The ends are
 * found by bisection. Where they are quantized to the ends of the destination's range, saturating
 * is clamping v.
 *
 * @param laneBits the size of the lane; the source's and the destination's words fit in it
 * @param unsigned whether v is unsigned, and may fill the lane
 * @param shift n, the number of bits dropped; negative to append zeros
 * @param base what {@link Rounding} adds always
 * @param signTerm what {@link Rounding} adds to negative words
 * @param oddTerm what {@link Rounding} adds where the bits kept are odd
 * @param spare whether v + base + ... stays in the lane, so that the shorter form of
 *     {@link Rounding} serves
 * @param stepDown where n is the lane's size or more, the smallest v that is quantized to 0 and not
 *     to -1
 * @param stepUp where n is the lane's size or more, the largest v that is quantized to 0 and not to
 *     1
 * @param low the smallest v that does not overflow
 * @param high the largest v that does not overflow
 * @param clampLow whether v is clamped from below before it is quantized
 * @param clampHigh whether v is clamped from above before it is quantized
 * @param overflow what is done outside {@code low..high} otherwise
 * @param lostBit the position in v of the bit just above the destination's most significant one
 */
record IntegerCast(
    int laneBits,
    boolean unsigned,
    int shift,
    long base,
    long signTerm,
    long oddTerm,
    boolean spare,
    long stepDown,
    long stepUp,
    long low,
    long high,
    boolean clampLow,
    boolean clampHigh,
    OverflowRecipe overflow,
    int lostBit)
    implements CastStep {

  /**
   * Returns the cast from {@code source} into {@code target}; the source's modes make no
   * difference.
   */
  static IntegerCast of(FixedFormat source, FixedFormat target, int laneBits) {
    BigInteger min = source.minRaw();
    BigInteger max = source.maxRaw();
    long exactShift = (long) source.fractionBits() - target.fractionBits();
    // Further shifts make no difference: to the right less than half a step is left, to the left
    // all bits are lost.
    int n = (int) Math.clamp(exactShift, -64L, source.width() + 1L);
    BigInteger low = Bisection.first(min, BigInteger.ZERO,
        v -> quantize(v, n, target).compareTo(smallestWord(target)) >= 0);
    BigInteger high = Bisection.last(BigInteger.ZERO, max,
        v -> quantize(v, n, target).compareTo(target.maxRaw()) <= 0);
    boolean overflowsLow = !low.equals(min);
    boolean overflowsHigh = !high.equals(max);
    OverflowRecipe overflow = OverflowRecipe.of(target, overflowsLow || overflowsHigh);
    boolean clamps = overflow.step() == OverflowStep.SATURATE
        && (!overflowsLow
            || quantize(low, n, target).equals(BigInteger.valueOf(overflow.lowWord())))
        && (!overflowsHigh || quantize(high, n, target).equals(target.maxRaw()));

    Rounding rounding =
        n > 0 && n < laneBits ? Rounding.of(target.quantization(), n) : Rounding.NONE;
    boolean spare =
        rounding.largest(clamps ? high : max).bitLength() <= laneBits - (source.signed() ? 1 : 0);
    boolean steps = n >= laneBits;
    BigInteger stepDown = steps
        ? Bisection.first(min, BigInteger.ZERO, v -> quantize(v, n, target).signum() >= 0)
        : min;
    BigInteger stepUp = steps
        ? Bisection.last(BigInteger.ZERO, max, v -> quantize(v, n, target).signum() <= 0)
        : max;
    return new IntegerCast(
        laneBits,
        !source.signed(),
        n,
        rounding.base().longValue(),
        rounding.signTerm().longValue(),
        rounding.oddTerm().longValue(),
        spare,
        stepDown.longValue(),
        stepUp.longValue(),
        low.longValue(),
        high.longValue(),
        clamps && overflowsLow,
        clamps && overflowsHigh,
        clamps ? overflow.withStep(OverflowStep.NONE) : overflow,
        (int) Math.clamp(target.width() + exactShift, -1L, 64L));
  }

  private static BigInteger quantize(BigInteger v, int n, FixedFormat target) {
    return Rounding.quantize(v, n, target.quantization());
  }

  /** Returns the smallest word that is not an overflow. */
  static BigInteger smallestWord(FixedFormat target) {
    boolean symmetric = target.signed() && target.overflow() == OverflowMode.AP_SAT_SYM;
    return symmetric ? target.maxRaw().negate() : target.minRaw();
  }

  /** Returns 2<sup>n</sup> - 1, the mask of the bits dropped. */
  long mask() {
    return (1L << shift) - 1;
  }
}
