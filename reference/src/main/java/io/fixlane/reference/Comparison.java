package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/**
 * A comparison as the header makes it.
 *
 * @param order the sign that the operators &lt; and &gt; see
 * @param equal what the operator == sees
 */
record Comparison(int order, boolean equal) {
  /** The bits of an int, in which C computes with everything narrower. */
  private static final int INT_BITS = 32;

  /** The widest words that the header keeps in a machine word. */
  private static final int LONG_BITS = 64;

  static int byValue(Fixed a, Fixed b) {
    BigInteger x = a.raw();
    BigInteger y = b.raw();
    int signs = Integer.compare(x.signum(), y.signum());
    if (signs != 0 || x.signum() == 0) {
      return signs;
    }
    int magnitudes = Long.compare(topBit(a), topBit(b));
    if (magnitudes != 0) {
      return x.signum() * magnitudes;
    }
    // The highest bits stand at the same place, so the shift is less than a word.
    int shift = (int) ((long) a.format().fractionBits() - b.format().fractionBits());
    return x.shiftLeft(Math.max(-shift, 0)).compareTo(y.shiftLeft(Math.max(shift, 0)));
  }

  static BigInteger ceiling(Fixed x, FixedFormat format) {
    if (byValue(x, new Fixed(format, format.minRaw())) <= 0) {
      return format.minRaw();
    }
    if (byValue(x, new Fixed(format, format.maxRaw())) > 0) {
      return format.maxRaw().add(BigInteger.ONE);
    }
    // The value lies among those of the format, which has no more bits than it has above it.
    long shift = (long) x.format().fractionBits() - format.fractionBits();
    int bits = (int) Math.min(shift, x.format().width());
    return x.raw().negate().shiftRight(bits).negate();
  }

  /** Returns the exponent of the first power of two above the magnitude of a value. */
  static long topBit(Fixed x) {
    return x.raw().abs().bitLength() - (long) x.format().fractionBits();
  }

  static Comparison asHls(Fixed a, Fixed b) {
    long more = (long) a.format().fractionBits() - b.format().fractionBits();
    Fixed left = more < 0 ? aligned(a, -more, 1) : a;
    Fixed right = more > 0 ? aligned(b, more, 0) : b;
    int order = left.raw().compareTo(right.raw());
    if (left.format().signed() == right.format().signed()) {
      return new Comparison(order, order == 0);
    }
    Fixed signed = left.format().signed() ? left : right;
    Fixed unsigned = left.format().signed() ? right : left;
    int narrow = signed.format().width();
    int wide = unsigned.format().width();
    if (signed.raw().signum() >= 0 || wide < Math.max(INT_BITS, narrow)) {
      return new Comparison(order, order == 0);
    }
    BigInteger modulus = BigInteger.ONE.shiftLeft(wide);
    boolean exactly = narrow == wide && wide < LONG_BITS;
    return new Comparison(
        signed == left ? 1 : -1,
        !exactly && signed.raw().add(modulus).equals(unsigned.raw()));
  }

  private static Fixed aligned(Fixed x, long bits, int above) {
    FixedFormat format = x.format();
    long width = format.width() + bits + above;
    if (width > FixedFormat.MAX_WIDTH) {
      throw new IllegalArgumentException("to compare " + x + " by words of one binary point needs "
          + width + " bits: HLS has at most " + FixedFormat.MAX_WIDTH);
    }
    return x.cast(format.withBits((int) width, format.integerBits() + above));
  }
}
