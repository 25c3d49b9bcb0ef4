package io.fixlane.hardware.circuit;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/**
 * The integers that a value can be.
 *
 * @param low the smallest
 * @param high the largest
 */
public record Range(BigInteger low, BigInteger high) {
  /** Makes a range. */
  public Range {
    assert low.compareTo(high) <= 0;
  }

  /** Returns the range of the raw words of a format. */
  public static Range of(FixedFormat format) {
    return new Range(format.minRaw(), format.maxRaw());
  }

  /** Returns a range. */
  public static Range of(long low, long high) {
    return new Range(BigInteger.valueOf(low), BigInteger.valueOf(high));
  }

  /** Returns the range of a constant. */
  public static Range of(BigInteger constant) {
    return new Range(constant, constant);
  }

  /** Returns the range of all words of so many bits, in two's complement where signed. */
  public static Range ofBits(boolean signed, int bits) {
    BigInteger end = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    return new Range(signed ? end.negate() : BigInteger.ZERO, end.subtract(BigInteger.ONE));
  }

  /** Returns whether it is one integer. */
  public boolean isConstant() {
    return low.equals(high);
  }

  /** Returns whether words of it are in two's complement: those without a negative one are not. */
  public boolean signed() {
    return low.signum() < 0;
  }

  /** Returns the bits of a word that holds each of the integers, 1 at least. */
  public int width() {
    int bits = Math.max(low.bitLength(), high.bitLength());
    return signed() ? bits + 1 : Math.max(bits, 1);
  }

  /** Returns the range of sums. */
  public Range plus(Range other) {
    return new Range(low.add(other.low), high.add(other.high));
  }

  /** Returns the range of differences. */
  public Range minus(Range other) {
    return new Range(low.subtract(other.high), high.subtract(other.low));
  }

  /** Returns the range of the integers times a factor. */
  public Range times(BigInteger factor) {
    BigInteger a = low.multiply(factor);
    BigInteger b = high.multiply(factor);
    return new Range(a.min(b), a.max(b));
  }

  /** Returns the range of the integers times 2<sup>bits</sup>. */
  public Range shiftLeft(int bits) {
    return new Range(low.shiftLeft(bits), high.shiftLeft(bits));
  }

  /** Returns the range of the integers that both have. */
  public Range intersect(Range other) {
    return new Range(low.max(other.low), high.min(other.high));
  }

  /** Returns the range of the integers of either. */
  public Range union(Range other) {
    return new Range(low.min(other.low), high.max(other.high));
  }

  /** Returns the range of the larger of two integers. */
  public Range max(Range other) {
    return new Range(low.max(other.low), high.max(other.high));
  }

  /** Returns whether all integers of another range are of this one. */
  public boolean contains(Range other) {
    return low.compareTo(other.low) <= 0 && other.high.compareTo(high) <= 0;
  }
}
