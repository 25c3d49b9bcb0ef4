package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;

/**
 * A cast of one word to float or double, to nearest, ties to even, wherever its value lies, also
 * where it is subnormal or beyond the largest number: the magnitude is rounded as an integer to
 * what the number holds, so that converting and scaling it is exact. It has no vector twin.
 *
 * @param unsigned whether words are unsigned
 * @param fractionBits F of the source
 * @param number float or double
 */
public record RoundedToFloat(boolean unsigned, int fractionBits, Container number)
    implements ScalarCast, ScalarStep {
  /** Beyond any exponent of a double. */
  private static final int FAR = 5000;

  /** Returns the cast of a format's words. */
  public static RoundedToFloat of(FixedFormat source, Container number) {
    return new RoundedToFloat(!source.signed(), source.fractionBits(), number);
  }

  @Override
  public ScalarCast scalar() {
    return this;
  }

  @Override
  public long apply(long v) {
    long sign = unsigned ? 0 : v >> 63;
    double magnitude = nearest((v ^ sign) - sign);
    double result = sign == 0 ? magnitude : -magnitude;
    return number == Container.FLOAT
        ? Float.floatToRawIntBits((float) result)
        : Double.doubleToRawLongBits(result);
  }

  /** Returns the nearest number to an unsigned word. */
  private double nearest(long word) {
    boolean single = number == Container.FLOAT;
    int precision = single ? Float.PRECISION : Double.PRECISION;
    int lowest = (single ? Float.MIN_EXPONENT : Double.MIN_EXPONENT) + 1 - precision;
    int length = Long.SIZE - Long.numberOfLeadingZeros(word);
    // As many bits as are beyond the precision, and at least those below the smallest subnormal.
    long dropped = Math.max((long) length - precision, (long) lowest + fractionBits);
    return dropped <= 0
        ? scaled(word, -(long) fractionBits)
        : scaled(shiftedToEven(word, dropped), dropped - fractionBits);
  }

  private static double scaled(long integer, long exponent) {
    return Math.scalb((double) integer, (int) Math.clamp(exponent, (long) -FAR, FAR));
  }

  /** Returns an unsigned word x 2<sup>-n</sup>, to nearest, ties to even; n is at least 1. */
  private static long shiftedToEven(long word, long n) {
    if (n > Long.SIZE) {
      return 0;
    }
    long kept = n == Long.SIZE ? 0 : word >>> n;
    long rest = n == Long.SIZE ? word : word & (1L << n) - 1;
    int half = Long.compareUnsigned(rest, 1L << n - 1);
    return half > 0 || half == 0 && (kept & 1) != 0 ? kept + 1 : kept;
  }
}
