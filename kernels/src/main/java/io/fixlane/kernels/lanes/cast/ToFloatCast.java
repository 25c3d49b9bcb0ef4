package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import org.jspecify.annotations.Nullable;

/**
 * A cast from fixed to float or double, to nearest, ties to even: the word is converted, which
 * rounds, and scaled by a power of two, which is exact where the result is a normal number. Floats
 * that scaling could take out of their normal range are computed as doubles, and rounded at the
 * end.
 *
 * @param laneBits the size of the lanes of words
 * @param unsigned whether words are unsigned, and may fill the lane
 * @param number the type in which words are converted and scaled
 * @param scale 2<sup>-F</sup>
 */
public record ToFloatCast(int laneBits, boolean unsigned, Container number, double scale)
    implements CastStep {
  private static final int FLOAT_WORD = 31;

  /** Returns the cast of a format's words, or null where two roundings could not be avoided. */
  public static @Nullable ToFloatCast of(FixedFormat source, Container target) {
    int bits = source.width() - (source.signed() ? 1 : 0);
    int fraction = source.fractionBits();
    if (target == Container.FLOAT && normal(source, Float.MIN_EXPONENT, Float.MAX_EXPONENT)) {
      return new ToFloatCast(bits <= FLOAT_WORD ? 32 : 64, !source.signed(), Container.FLOAT,
          Math.scalb(1d, -fraction));
    }
    boolean exact = target == Container.DOUBLE || bits <= Double.PRECISION;
    if (!exact || !normal(source, Double.MIN_EXPONENT, Double.MAX_EXPONENT)) {
      return null;
    }
    return new ToFloatCast(64, !source.signed(), Container.DOUBLE, Math.scalb(1d, -fraction));
  }

  /** Returns whether the values of all words, and the scale, are zero or normal numbers. */
  private static boolean normal(FixedFormat source, int minExponent, int maxExponent) {
    return -(long) source.fractionBits() >= minExponent
        && Math.max(source.integerBits(), -(long) source.fractionBits()) <= maxExponent;
  }

  /** Returns whether words can be beyond the largest long. */
  public boolean fillsLong() {
    return unsigned && laneBits == Long.SIZE;
  }
}
