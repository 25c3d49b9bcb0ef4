package io.fixlane.kernels.lanes.cast;

import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;

/** The cast of one integer: a template that {@link Template} defines once for each recipe. */
final class ScalarIntegerCast implements ScalarCast {
  private static final IntegerCast CAST =
      Template.data(MethodHandles.lookup(), IntegerCast.class);
  private static final int SHIFT = CAST.shift();

  @Override
  public long apply(long v) {
    long clamped =
        CAST.clampLow() && below(v) ? CAST.low() : CAST.clampHigh() && above(v) ? CAST.high() : v;
    boolean out = Long.compareUnsigned(v - CAST.low(), CAST.high() - CAST.low()) > 0;
    return ScalarOverflow.apply(CAST.overflow(), quantize(clamped), out, sign(v),
        smear(v, CAST.lostBit()));
  }

  @Override
  public boolean below(long v) {
    return less(v, CAST.low());
  }

  @Override
  public boolean above(long v) {
    return less(CAST.high(), v);
  }

  @Override
  public boolean inexact(long v) {
    return SHIFT > 0 && (SHIFT < Long.SIZE ? v & CAST.mask() : v) != 0;
  }

  private static boolean less(long x, long y) {
    return CAST.unsigned() ? Long.compareUnsigned(x, y) < 0 : x < y;
  }

  private static long quantize(long v) {
    if (SHIFT <= 0) {
      return SHIFT <= -Long.SIZE ? 0 : v << -SHIFT;
    }
    if (SHIFT >= Long.SIZE) {
      return (less(CAST.stepUp(), v) ? 1 : 0) - (less(v, CAST.stepDown()) ? 1 : 0);
    }
    long t = right(v);
    long terms = CAST.base() + (sign(v) & CAST.signTerm()) + (t & CAST.oddTerm());
    return CAST.spare() ? right(v + terms) : t + ((v & CAST.mask()) + terms >>> SHIFT);
  }

  private static long right(long v) {
    return CAST.unsigned() ? v >>> SHIFT : v >> SHIFT;
  }

  /** Returns all ones where v is negative, else 0. */
  private static long sign(long v) {
    return CAST.unsigned() ? 0 : v >> 63;
  }

  /**
   * Returns all ones where a bit of v is set, else 0; above the lane stands the sign, below it 0.
   */
  private static long smear(long v, int bit) {
    return bit < 0 ? 0 : bit >= Long.SIZE ? sign(v) : v << 63 - bit >> 63;
  }
}
