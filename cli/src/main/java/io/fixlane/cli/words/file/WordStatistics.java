package io.fixlane.cli.words.file;

import io.fixlane.cli.text.ExactText;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Locale;

/** What there is to tell of words: their range, their zeros, the bits they use, a histogram. */
public final class WordStatistics {
  private static final int BIN_BITS = 4;
  private static final String SHADES = ".:-=+*#%@";

  private final FixedFormat format;
  private final int shift;
  private final long[] bins;
  private final BigInteger least;
  private BigInteger min = BigInteger.ZERO;
  private BigInteger max = BigInteger.ZERO;
  private int highest;
  private int lowest = Integer.MAX_VALUE;
  private long words;
  private long zeros;

  /** Makes those of no words yet. */
  public WordStatistics(FixedFormat format) {
    this.format = format;
    shift = Math.max(0, format.width() - BIN_BITS);
    bins = new long[1 << Math.min(format.width(), BIN_BITS)];
    least = format.minRaw();
  }

  /** Returns those of all words of a tensor. */
  public static WordStatistics of(FixedTensor words) {
    WordStatistics statistics = new WordStatistics(words.format());
    for (long i = 0; i < words.size(); i++) {
      statistics.add(words.value(i).raw());
    }
    return statistics;
  }

  /** Counts a raw word of the format. */
  public void add(BigInteger raw) {
    min = words == 0 ? raw : raw.min(min);
    max = words == 0 ? raw : raw.max(max);
    words++;
    bins[raw.subtract(least).shiftRight(shift).intValue()]++;
    if (raw.signum() == 0) {
      zeros++;
    } else {
      highest = Math.max(highest, raw.bitLength());
      lowest = Math.min(lowest, raw.getLowestSetBit());
    }
  }

  /** Returns how many words were counted. */
  public long words() {
    return words;
  }

  /** Returns how many words are 0. */
  public long zeros() {
    return zeros;
  }

  /** Returns the share of words that are 0: {@code 12.5 %}. */
  public String share() {
    return String.format(Locale.ROOT, "%.1f %%", words == 0 ? 0 : 100.0 * zeros / words);
  }

  /** Returns the smallest value; nothing where there are no words. */
  public String smallest() {
    return words == 0 ? "" : ExactText.value(min, format.fractionBits());
  }

  /** Returns the largest value; nothing where there are no words. */
  public String largest() {
    return words == 0 ? "" : ExactText.value(max, format.fractionBits());
  }

  /** Returns how many bits of a word are needed, its sign included, for all of them. */
  public int bits() {
    int sign = format.signed() ? 1 : 0;
    return lowest == Integer.MAX_VALUE ? 0 : Math.min(format.width(), highest + sign - lowest);
  }

  /**
   * Returns the narrowest type that has each of the words, {@code ap_fixed<5,2>}; nothing where all
   * are 0.
   */
  public String narrowest() {
    if (bits() == 0) {
      return "";
    }
    int integerBits = bits() + lowest - format.fractionBits();
    return new FixedFormat(format.signed(), bits(), integerBits,
        format.withDefaultModes().quantization(), format.withDefaultModes().overflow(), 0)
        .toString();
  }

  /**
   * Returns a histogram over the whole range of the format, from its smallest word on the left to
   * its largest on the right: a blank where there is no word, and from '.' to '@' the more there
   * are.
   */
  public String histogram() {
    long most = 1;
    for (long bin : bins) {
      most = Math.max(most, bin);
    }
    StringBuilder text = new StringBuilder("|");
    for (long bin : bins) {
      int shade = (int) Math.min(
          SHADES.length() - 1, (long) ((double) bin / most * SHADES.length()));
      text.append(bin == 0 ? ' ' : SHADES.charAt(shade));
    }
    return text.append('|').toString();
  }
}
