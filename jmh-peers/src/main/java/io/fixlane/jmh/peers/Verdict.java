package io.fixlane.jmh.peers;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a peer gives against what it must give.
 *
 * @param wrong how many results are other than they must be
 * @param words how many there are
 * @param saturatesPairs whether all of them, right and wrong, are those of {@link PairSaturation}
 */
record Verdict(int wrong, int words, boolean saturatesPairs) {
  /** That of a check which compares no words, or throws where one is wrong. */
  static final Verdict EXACT = new Verdict(0, 0, false);

  /** Compares words of 8 bits. */
  static Verdict of(byte[] expected, byte[] got) {
    return of(expected.length, got.length, i -> expected[i] != got[i]);
  }

  /** Compares words of 8 bits, and where one is wrong, with a model of saturated pairs too. */
  static Verdict of(byte[] expected, byte[] got, Supplier<byte[]> saturated) {
    Verdict verdict = of(expected, got);
    return new Verdict(verdict.wrong, verdict.words,
        verdict.wrong > 0 && Arrays.equals(saturated.get(), got));
  }

  /** Compares sums, and where one is wrong, with a model of saturated pairs too. */
  static Verdict of(int[] expected, int[] got, Supplier<int[]> saturated) {
    Verdict verdict = of(expected.length, got.length, i -> expected[i] != got[i]);
    return new Verdict(verdict.wrong, verdict.words,
        verdict.wrong > 0 && Arrays.equals(saturated.get(), got));
  }

  /** Compares sums. */
  static Verdict of(int[] expected, int[] got) {
    return of(expected.length, got.length, i -> expected[i] != got[i]);
  }

  /**
   * Compares floats that have no rounding: whole numbers below 2^24, or multiples of one step.
   * Either zero is 0.
   */
  static Verdict of(float[] expected, float[] got) {
    return of(expected.length, got.length, i -> expected[i] != got[i]);
  }

  private static Verdict of(int expected, int got, IntPredicate differs) {
    if (expected != got) {
      throw new IllegalStateException("there must be " + expected + " results, not " + got);
    }
    return new Verdict(
        (int) IntStream.range(0, expected).filter(differs).count(), expected, false);
  }

  /** Returns this of some results and another of further ones. */
  Verdict and(Verdict further) {
    return new Verdict(wrong + further.wrong, words + further.words, false);
  }

  /**
   * Takes this as that of our own results.
   *
   * @throws IllegalStateException if one is wrong
   */
  Verdict ofOurs() {
    if (wrong > 0) {
      throw new IllegalStateException(toString());
    }
    return this;
  }

  /** Tells what is wrong on a line of standard output, which {@code fixlane bench} reads. */
  void tell() {
    if (wrong > 0) {
      System.out.println(System.lineSeparator() + this);
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "wrong: %,d of %,d words", wrong, words)
        + (saturatesPairs ? ", saturates pairs of products" : "");
  }
}
