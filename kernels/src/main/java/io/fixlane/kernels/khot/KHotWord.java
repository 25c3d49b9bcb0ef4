package io.fixlane.kernels.khot;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;

/**
 * The rules of K-hot words as arithmetic on raw words of at most 64 bits. Magnitudes are unsigned
 * longs, so that that of the most negative word is one too.
 */
public final class KHotWord {
  private static final int LONG_BITS = Long.SIZE;

  private KHotWord() {}

  /** Is given the terms of a word, the most significant first. */
  @FunctionalInterface
  public interface TermSink {
    /** Takes plus or minus 2<sup>shift</sup>. */
    void add(boolean negative, int shift);
  }

  /** Returns the K-hot word that a word becomes. */
  public static long encode(long raw, FixedFormat format, int k, KHotRule rule) {
    boolean negative = format.signed() && raw < 0;
    long magnitude = negative ? -raw : raw;
    long largest = !format.signed()
        ? -1L >>> LONG_BITS - format.width()
        : negative ? 1L << format.width() - 1 : (1L << format.width() - 1) - 1;
    long hot = switch (rule) {
      case TRUNCATE -> mostSignificant(magnitude, k);
      case NEAREST -> nearest(magnitude, largest, k);
      case SIGNED_DIGITS -> signedDigits(magnitude, largest, k);
    };
    return negative ? -hot : hot;
  }

  /** Gives a sink the terms of a K-hot word. */
  public static void terms(long raw, FixedFormat format, KHotRule rule, TermSink sink) {
    boolean negative = format.signed() && raw < 0;
    long magnitude = negative ? -raw : raw;
    boolean digits = rule == KHotRule.SIGNED_DIGITS;
    long minus = digits ? minus(magnitude) : 0;
    if (digits && reachesTwoTo64(magnitude)) {
      sink.add(negative, LONG_BITS);
    }
    for (long rest = digits ? plus(magnitude) | minus : magnitude; rest != 0;) {
      long one = Long.highestOneBit(rest);
      sink.add(negative != ((minus & one) != 0), Long.numberOfTrailingZeros(one));
      rest ^= one;
    }
  }

  /** Keeps the {@code count} most significant ones. */
  private static long mostSignificant(long bits, int count) {
    long rest = bits;
    for (int i = 0; i < count && rest != 0; i++) {
      rest ^= Long.highestOneBit(rest);
    }
    return bits ^ rest;
  }

  /**
   * Rounds to a multiple of the last one kept, halves down: what is dropped is less than it, and a
   * carry out of it leaves no more ones than there were.
   */
  private static long nearest(long magnitude, long largest, int k) {
    long kept = mostSignificant(magnitude, k);
    long last = Long.lowestOneBit(kept);
    boolean up = (magnitude ^ kept) > last >>> 1;
    boolean fits = Long.compareUnsigned(last, largest - kept) <= 0;
    return up && fits ? kept + last : kept;
  }

  /**
   * Keeps the first k canonical digits. Beyond the range lies their sum only where a single digit
   * is kept, and then the largest power of two takes its place.
   */
  private static long signedDigits(long magnitude, long largest, int k) {
    long plus = plus(magnitude);
    long minus = minus(magnitude);
    boolean twoTo64 = reachesTwoTo64(magnitude);
    long kept = mostSignificant(plus | minus, twoTo64 ? k - 1 : k);
    // Modulo 2^64, where the digit of 2^64 is 0.
    long sum = (plus & kept) - (minus & kept);
    boolean beyond = twoTo64 ? kept == 0 : Long.compareUnsigned(sum, largest) > 0;
    return beyond ? Long.highestOneBit(largest) : sum;
  }

  /**
   * Returns where the canonical signed digits of m are 1. All of them are (m + m/2) - m/2,
   * subtracted bit by bit without a borrow (H. Prodinger, On binary representations of integers
   * with digits -1, 0, 1, Integers 0 (2000), A08).
   */
  private static long plus(long m) {
    long half = m >>> 1;
    return (m + half) & ~half;
  }

  /** Returns where they are -1. */
  private static long minus(long m) {
    long half = m >>> 1;
    return half & ~(m + half);
  }

  /** Returns whether there is a digit 1 at 2<sup>64</sup>: the carry out of m + m/2. */
  private static boolean reachesTwoTo64(long m) {
    return Long.compareUnsigned(m + (m >>> 1), m) < 0;
  }
}
