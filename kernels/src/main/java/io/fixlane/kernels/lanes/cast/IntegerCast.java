package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;

/**
 * A cast from fixed to fixed, as the constants of a loop over lanes of 16, 32 or 64 bits.
 *
 * <p>Whether the source word v overflows is a question about v itself, v &lt; low or v &gt; high as
 * {@link SourceRange} finds them, answered before anything is shifted or rounded, and the quantized
 * word is only needed modulo the lane: no spare bit is needed anywhere. Where the ends are
 * quantized to the ends of the destination's range, saturating is clamping v.
 *
 * @param laneBits the size of the lane; the source's and the destination's words fit in it
 * @param unsigned whether v is unsigned, and may fill the lane
 * @param shift n, the number of bits dropped; negative to append zeros
 * @param base what {@link Rounding} adds always
 * @param signTerm what {@link Rounding} adds to negative words
 * @param oddTerm what {@link Rounding} adds where the bits kept are odd
 * @param spare whether v + base + ... stays in the lane, or what does not is not needed, so that
 *     the shorter form of {@link Rounding} serves: of words that overflow, low bits are at most
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
public record IntegerCast(
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
    implements CastStep, ScalarStep {
  private static final Template<ScalarCast> SCALAR =
      Template.of(MethodHandles.lookup(), ScalarIntegerCast.class, ScalarCast.class);

  /**
   * Returns the cast from {@code source} into {@code target}; the source's modes make no
   * difference.
   */
  public static IntegerCast of(FixedFormat source, FixedFormat target, int laneBits) {
    SourceRange range = SourceRange.of(source, target);
    BigInteger min = source.minRaw();
    BigInteger max = source.maxRaw();
    int n = range.shift();
    OverflowRecipe overflow = range.overflow();
    boolean clamps = target.overflow().clamps()
        && (!range.overflowsLow()
            || range.quantize(range.low()).equals(BigInteger.valueOf(overflow.lowWord())))
        && (!range.overflowsHigh()
            || range.quantize(range.high()).equals(BigInteger.valueOf(overflow.highWord())));

    Rounding rounding =
        n > 0 && n < laneBits ? Rounding.of(target.quantization(), n) : Rounding.NONE;
    int room = laneBits - (source.signed() ? 1 : 0);
    boolean lowBits = n + target.width() <= laneBits;
    boolean within = rounding.largest(range.high()).bitLength() <= room;
    boolean spare = rounding.largest(max).bitLength() <= room || switch (overflow.step()) {
      case NONE, SATURATE, ZERO -> within;
      case WRAP -> lowBits;
      case WRAP_SATURATED, SIGN_MAGNITUDE -> lowBits && within;
    };
    boolean steps = n >= laneBits;
    BigInteger stepDown = steps
        ? Bisection.first(min, BigInteger.ZERO, v -> range.quantize(v).signum() >= 0)
        : min;
    BigInteger stepUp = steps
        ? Bisection.last(BigInteger.ZERO, max, v -> range.quantize(v).signum() <= 0)
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
        range.low().longValue(),
        range.high().longValue(),
        clamps && range.overflowsLow(),
        clamps && range.overflowsHigh(),
        clamps ? overflow.withStep(OverflowStep.NONE) : overflow,
        range.lostBit(Long.SIZE));
  }

  /**
   * Returns the same for lanes of which only so many low bits are stored: a word that wraps at
   * their end is left longer.
   */
  public IntegerCast storing(int bits) {
    return overflow.step() == OverflowStep.WRAP && overflow.width() == bits
        ? new IntegerCast(laneBits, unsigned, shift, base, signTerm, oddTerm, spare, stepDown,
            stepUp, low, high, clampLow, clampHigh, overflow.withStep(OverflowStep.NONE), lostBit)
        : this;
  }

  @Override
  public ScalarCast scalar() {
    return SCALAR.compile(this);
  }

  /** Returns 2<sup>n</sup> - 1, the mask of the bits dropped. */
  public long mask() {
    return (1L << shift) - 1;
  }
}
