package io.fixlane.kernels.lanes;

import java.math.BigInteger;

/**
 * An integer of 128 bits, modulo 2<sup>128</sup>: two's complement, or unsigned where its reader
 * takes it so. In compiled code it is two registers and no object, as long as no branch decides
 * which of two objects it is, which {@link #select} avoids, and no large method takes one.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Int128(long high, long low) {
  /** The number of bits. */
  public static final int SIZE = 2 * Long.SIZE;

  /** Returns one of two. */
  static Int128 select(boolean condition, Int128 yes, Int128 no) {
    return new Int128(condition ? yes.high : no.high, condition ? yes.low : no.low);
  }

  /** Returns the low 128 bits of an integer. */
  static Int128 of(BigInteger value) {
    return new Int128(value.shiftRight(Long.SIZE).longValue(), value.longValue());
  }

  /** Returns a word with its sign, or zeros, above it. */
  public static Int128 extended(long word, boolean signed) {
    return new Int128(signed ? word >> 63 : 0, word);
  }

  /** Returns the integer. */
  BigInteger toBigInteger(boolean unsigned) {
    BigInteger upper = unsigned ? unsigned(high) : BigInteger.valueOf(high);
    return upper.shiftLeft(Long.SIZE).add(unsigned(low));
  }

  private static BigInteger unsigned(long word) {
    BigInteger value = BigInteger.valueOf(word);
    return word < 0 ? value.add(BigInteger.TWO.pow(Long.SIZE)) : value;
  }

  /** Returns this + other. */
  public Int128 plus(Int128 other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Int128(high + other.high + carry, sum);
  }

  Int128 minus(Int128 other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Int128(high - other.high - borrow, low - other.low);
  }

  Int128 negate() {
    return new Int128(low == 0 ? -high : ~high, -low);
  }

  /** Returns this x other. */
  public Int128 times(Int128 other) {
    long carried = Math.unsignedMultiplyHigh(low, other.low);
    return new Int128(carried + high * other.low + low * other.high, low * other.low);
  }

  /** Returns this / divisor, both unsigned, rounded down. */
  Int128 divideUnsigned(long divisor) {
    long rest = Long.remainderUnsigned(high, divisor);
    return new Int128(
        Long.divideUnsigned(high, divisor), quotient(rest, low, divisor));
  }

  /**
   * Divides rest x 2<sup>64</sup> + low, bit by bit, where rest is less than the divisor: the lower
   * bits move into the rest as those of the quotient move in behind them.
   */
  private static long quotient(long rest, long low, long divisor) {
    long remainder = rest;
    long quotient = low;
    for (int i = 0; i < Long.SIZE; i++) {
      boolean carry = remainder < 0;
      remainder = remainder << 1 | quotient >>> 63;
      quotient <<= 1;
      if (carry || Long.compareUnsigned(remainder, divisor) >= 0) {
        remainder -= divisor;
        quotient |= 1;
      }
    }
    return quotient;
  }

  /** Returns this where the mask is all ones, 0 where it is 0. */
  Int128 and(long mask) {
    return new Int128(high & mask, low & mask);
  }

  Int128 and(Int128 other) {
    return new Int128(high & other.high, low & other.low);
  }

  /** Returns this x 2<sup>n</sup> for n in 0..127. */
  public Int128 shiftLeft(int n) {
    // The count of a Java shift is taken modulo 64.
    long upper = n == 0 ? high : n < Long.SIZE ? high << n | low >>> -n : low << n;
    return new Int128(upper, n < Long.SIZE ? low << n : 0);
  }

  /** Returns this x 2<sup>-n</sup> for n in 0..127, rounded down. */
  Int128 shiftRight(int n, boolean unsigned) {
    long top = unsigned ? high >>> n : high >> n;
    long lower = n == 0 ? low : n < Long.SIZE ? low >>> n | high << -n : top;
    return new Int128(n < Long.SIZE ? top : sign(unsigned), lower);
  }

  /** Returns all ones where this is negative, else 0. */
  public long sign(boolean unsigned) {
    return unsigned ? 0 : high >> 63;
  }

  /** Returns the bit at a position in 0..127. */
  long bit(int position) {
    return (position < Long.SIZE ? low : high) >>> position & 1;
  }

  boolean isZero() {
    return (high | low) == 0;
  }

  boolean less(Int128 other, boolean unsigned) {
    return less(high, low, other.high, other.low, unsigned);
  }

  /** Returns whether one word is less than another, for whom must not allocate. */
  static boolean less(long high, long low, long otherHigh, long otherLow, boolean unsigned) {
    if (high == otherHigh) {
      return Long.compareUnsigned(low, otherLow) < 0;
    }
    return unsigned ? Long.compareUnsigned(high, otherHigh) < 0 : high < otherHigh;
  }
}
