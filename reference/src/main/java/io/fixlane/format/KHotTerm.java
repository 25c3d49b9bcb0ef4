package io.fixlane.format;

/**
 * A term of a K-hot word: plus or minus 2<sup>shift</sup>, in units of the word's last place.
 *
 * @param negative whether it is subtracted
 * @param shift its exponent, 0 or more; W where the largest words of an unsigned format of width W
 *     are written in signed digits
 */
public record KHotTerm(boolean negative, int shift) {
  /**
   * Makes a term.
   *
   * @throws IllegalArgumentException if the shift is negative
   */
  public KHotTerm {
    if (shift < 0) {
      throw new IllegalArgumentException("shift is " + shift + ": it must be at least 0");
    }
  }

  /** Returns the term as it stands in a sum: {@code +2^3} or {@code -2^0}. */
  @Override
  public String toString() {
    return (negative ? "-2^" : "+2^") + shift;
  }
}
