package io.fixlane.kernels.lanes.cast;

import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;

/** The cast of one double: a template that {@link Template} defines once for each recipe. */
final class ScalarFromFloatCast implements ScalarCast {
  private static final FromFloatCast CAST =
      Template.data(MethodHandles.lookup(), FromFloatCast.class);
  private static final int FAR = CAST.far();

  @Override
  public long apply(long v) {
    double number = Double.longBitsToDouble(v);
    long exponent = Math.max(v >>> 52 & 0x7ff, 1);
    long fraction = v & (1L << 52) - 1;
    long significand = (v >>> 52 & 0x7ff) == 0 ? fraction : fraction | 1L << 52;
    long sign = v >> 63;
    long m = (significand ^ sign) - sign;
    long n = CAST.shiftOfExponentZero() - exponent;
    boolean out = number < CAST.low() || number > CAST.high();
    return ScalarOverflow.apply(CAST.overflow(), quantize(m, n), out, sign, lost(m, n));
  }

  private static long quantize(long m, long n) {
    if (n <= 0) {
      return n <= -Long.SIZE ? 0 : m << -n;
    }
    long dropped = Math.min(n, FAR);
    long signTerm = CAST.signTermIsMask() ? CAST.signTerm() >>> FAR - dropped : CAST.signTerm();
    long t = m >> dropped;
    return m + (CAST.base() >>> FAR - dropped) + (m >> 63 & signTerm)
        + (t & CAST.oddTerm()) >> dropped;
  }

  private static long lost(long m, long n) {
    long bit = CAST.overflow().width() + n;
    return bit < 0 ? 0 : m << 63 - Math.min(bit, 63) >> 63;
  }

  @Override
  public boolean below(long v) {
    return Double.longBitsToDouble(v) < CAST.low();
  }

  @Override
  public boolean above(long v) {
    return Double.longBitsToDouble(v) > CAST.high();
  }

  @Override
  public boolean inexact(long v) {
    double number = Double.longBitsToDouble(v);
    double steps = Math.scalb(number, CAST.fractionBits());
    // Scaling loses bits only of numbers that are far below a step.
    return number != 0 && Double.isFinite(number) && (steps != Math.rint(steps) || steps == 0);
  }

  @Override
  public boolean invalid(long v) {
    double number = Double.longBitsToDouble(v);
    return CAST.infinite() ? Double.isNaN(number) : !Double.isFinite(number);
  }
}
