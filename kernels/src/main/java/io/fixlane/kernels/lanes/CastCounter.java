package io.fixlane.kernels.lanes;

/** What a counting loop counts into, for one thread at a time. */
public final class CastCounter {
  /**
   * The most elements a loop counts before it hands over: as many as lanes of 16 bits, and the sum
   * of all of them, can count, and a multiple of every number of lanes.
   */
  static final int LARGEST_PART = (1 << 16) - 32;

  private final boolean unsigned;
  private long words;
  private long high;
  private long low;
  private long inexact;
  private long min;
  private long max;
  private boolean empty = true;
  private double minNumber = Double.POSITIVE_INFINITY;
  private double maxNumber = Double.NEGATIVE_INFINITY;

  /** Makes a counter that has seen nothing; {@code unsigned} tells how source words compare. */
  public CastCounter(boolean unsigned) {
    this.unsigned = unsigned;
  }

  void add(long moreWords, long moreHigh, long moreLow, long moreInexact) {
    words += moreWords;
    high += moreHigh;
    low += moreLow;
    inexact += moreInexact;
  }

  void extend(long word) {
    min = empty || compare(word, min) < 0 ? word : min;
    max = empty || compare(word, max) > 0 ? word : max;
    empty = false;
  }

  private int compare(long x, long y) {
    return unsigned ? Long.compareUnsigned(x, y) : Long.compare(x, y);
  }

  void extend(double number) {
    minNumber = Math.min(minNumber, number);
    maxNumber = Math.max(maxNumber, number);
    empty = false;
  }

  /** Adds what another counter has seen. */
  public void merge(CastCounter other) {
    add(other.words, other.high, other.low, other.inexact);
    if (!other.empty) {
      extend(other.min);
      extend(other.max);
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
  public long min() {
    return min;
  }

  /** Returns the largest source word. */
  public long max() {
    return max;
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
