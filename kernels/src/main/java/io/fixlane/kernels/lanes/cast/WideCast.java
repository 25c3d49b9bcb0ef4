package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Int128;

/**
 * The cast of one fixed-point word of at most 128 bits into one of at most 64: what
 * {@link IntegerCast} and {@link ScalarIntegerCast} are for lanes. {@link Rounding} says how it
 * quantizes, and {@link ScalarOverflow} what becomes of words outside the destination's range.
 *
 * @param unsigned whether the source is unsigned, and may fill the 128 bits
 * @param shift n, the number of bits dropped, at most 127; negative to append zeros
 * @param sticky how many bits are dropped before: they are gathered into the lowest that is left
 * @param base what {@link Rounding} adds always
 * @param signTerm what {@link Rounding} adds to negative words
 * @param oddTerm what {@link Rounding} adds where the bits kept are odd
 * @param smallest the smallest word that does not overflow
 * @param largest the largest word that does not overflow
 * @param overflow what is done outside {@code smallest..largest}
 * @param lostBit the position of the bit just above the destination's most significant one
 */
public record WideCast(
    boolean unsigned,
    int shift,
    int sticky,
    Int128 base,
    Int128 signTerm,
    Int128 oddTerm,
    Int128 smallest,
    Int128 largest,
    OverflowRecipe overflow,
    int lostBit) {

  // What is dropped, with what is added to it, fits in 128 bits.
  private static final int MAX_SHIFT = Int128.SIZE - 1;

  /**
   * Returns the cast from {@code source} into {@code target}; the source's modes make no
   * difference.
   *
   * @throws IllegalArgumentException if the source is wider than 128 bits, or the target than 64
   */
  public static WideCast of(FixedFormat source, FixedFormat target) {
    requireWidth("source", source, Int128.SIZE);
    requireWidth("target", target, Long.SIZE);
    SourceRange range = SourceRange.of(source, target);
    int sticky = Math.max(range.shift() - MAX_SHIFT, 0);
    int shift = range.shift() - sticky;
    Rounding rounding = shift > 0 ? Rounding.of(target.quantization(), shift) : Rounding.NONE;
    return new WideCast(
        !source.signed(),
        shift,
        sticky,
        Int128.of(rounding.base()),
        Int128.of(rounding.signTerm()),
        Int128.of(rounding.oddTerm()),
        Int128.of(range.low()),
        Int128.of(range.high()),
        range.overflow(),
        range.lostBit(Int128.SIZE));
  }

  private static void requireWidth(String name, FixedFormat format, int width) {
    if (format.width() > width) {
      throw new IllegalArgumentException(
          name + " is " + format + ": it must have at most " + width + " bits");
    }
  }

  /**
   * Returns the destination's word, sign- or zero-extended.
   *
   * @param high the upper 64 bits of the source's word, which is sign- or zero-extended to 128
   * @param low the lower 64 bits
   */
  public long cast(long high, long low) {
    Int128 v = new Int128(high, low);
    return ScalarOverflow.apply(
        overflow, quantize(v), below(v) || above(v), v.sign(unsigned), lost(v));
  }

  /** Returns whether v lies below the destination's range. */
  public boolean below(Int128 v) {
    return v.less(smallest, unsigned);
  }

  /** Returns whether v lies above the destination's range. */
  public boolean above(Int128 v) {
    return largest.less(v, unsigned);
  }

  /** Returns whether quantization drops a bit that is set. */
  public boolean inexact(Int128 v) {
    return shift > 0 && !gathered(v).and(mask()).isZero();
  }

  private Int128 mask() {
    return new Int128(-1, -1).shiftRight(Int128.SIZE - shift, true);
  }

  /** Drops the sticky bits: whatever they were, less than half a step is left of them. */
  private Int128 gathered(Int128 v) {
    Int128 kept = v.shiftRight(sticky, unsigned);
    long lost = v.low() & (1L << sticky) - 1;
    return new Int128(kept.high(), kept.low() | (lost == 0 ? 0 : 1));
  }

  /** Returns the quantized word, modulo 2<sup>64</sup>. */
  private long quantize(Int128 v) {
    if (shift <= 0) {
      return shift <= -Long.SIZE ? 0 : v.low() << -shift;
    }
    Int128 word = gathered(v);
    long t = word.shiftRight(shift, unsigned).low();
    Int128 sum = word.and(mask())
        .plus(base)
        .plus(signTerm.and(v.sign(unsigned)))
        .plus(oddTerm.and(-(t & 1)));
    return t + sum.bit(shift);
  }

  /** Returns all ones where the bit above the destination's is set; the sign goes on above v. */
  private long lost(Int128 v) {
    return lostBit < 0 ? 0 : lostBit >= Int128.SIZE ? v.sign(unsigned) : -v.bit(lostBit);
  }
}
