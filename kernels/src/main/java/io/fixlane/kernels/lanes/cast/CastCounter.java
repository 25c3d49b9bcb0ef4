package io.fixlane.kernels.lanes.cast;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Int128;
import java.math.BigInteger;

/** What a counting loop counts into, for one thread at a time. */
public final class CastCounter {
  /**
   * The most elements a loop counts before it hands over: as many as lanes of 16 bits, and the sum
   * of all of them, can count, and a multiple of every number of lanes.
   */
  public static final int LARGEST_PART = (1 << 16) - 32;

  private final boolean unsigned;
  private long words;
  private long high;
  private long low;
  private long inexact;
  // The range, in 128 bits each.
  private long minHigh;
  private long minLow;
  private long maxHigh;
  private long maxLow;
  private boolean empty = true;
  private double minNumber = Double.POSITIVE_INFINITY;
  private double maxNumber = Double.NEGATIVE_INFINITY;

  /** Makes a counter that has seen nothing; {@code unsigned} tells how source words compare. */
  public CastCounter(boolean unsigned) {
    this.unsigned = unsigned;
  }

  /** Counts words, and those of them that overflowed on either side or lost bits. */
  public void add(long moreWords, long moreHigh, long moreLow, long moreInexact) {
    words += moreWords;
    high += moreHigh;
    low += moreLow;
    inexact += moreInexact;
  }

  /** Extends the range of words seen by one. */
  public void extend(long word) {
    extend(unsigned ? 0 : word >> 63, word);
  }

  /**
   * Extends the range by a value as a vector loop orders them in lanes: of a floating-point number,
   * the bits, all but the sign inverted where that is set.
   */
  public void extend(Container lane, long value) {
    switch (lane) {
      case FLOAT -> extend(Float.intBitsToFloat((int) (value ^ value >> 63 >>> 33)));
      case DOUBLE -> extend(Double.longBitsToDouble(value ^ value >> 63 >>> 1));
      case BYTE, SHORT, INT, LONG -> {
        int zeros = unsigned ? Long.SIZE - lane.bits() : 0;
        extend(value << zeros >>> zeros);
      }
    }
  }

  /** Extends the range by a word of 128 bits. */
  public void extend(long high, long low) {
    if (empty || Int128.less(high, low, minHigh, minLow, unsigned)) {
      minHigh = high;
      minLow = low;
    }
    if (empty || Int128.less(maxHigh, maxLow, high, low, unsigned)) {
      maxHigh = high;
      maxLow = low;
    }
    empty = false;
  }

  private Int128 smallest() {
    return new Int128(minHigh, minLow);
  }

  private Int128 largest() {
    return new Int128(maxHigh, maxLow);
  }

  /** Extends the range of numbers seen by one. */
  public void extend(double number) {
    minNumber = Math.min(minNumber, number);
    maxNumber = Math.max(maxNumber, number);
    empty = false;
  }

  /** Adds what another counter has seen. */
  public void merge(CastCounter other) {
    add(other.words, other.high, other.low, other.inexact);
    if (!other.empty) {
      extend(other.minHigh, other.minLow);
      extend(other.maxHigh, other.maxLow);
      minNumber = Math.min(minNumber, other.minNumber);
      maxNumber = Math.max(maxNumber, other.maxNumber);
    }
  }

  /** Returns the number of words cast. */
  public long words() {
    return words;
  }

  /** Returns the number of words above the destination's range. */
  public long high() {
    return high;
  }

  /** Returns the number of words below the destination's range. */
  public long low() {
    return low;
  }

  /** Returns the number of words with a bit set below the destination's lowest. */
  public long inexact() {
    return inexact;
  }

  /** Returns whether nothing has been seen. */
  public boolean isEmpty() {
    return empty;
  }

  /** Returns the smallest source word. */
  public BigInteger min() {
    return smallest().toBigInteger(unsigned);
  }

  /** Returns the largest source word. */
  public BigInteger max() {
    return largest().toBigInteger(unsigned);
  }

  /** Returns the smallest source number, where the source is floating-point. */
  public double minNumber() {
    return minNumber;
  }

  /** Returns the largest source number, where the source is floating-point. */
  public double maxNumber() {
    return maxNumber;
  }
}
