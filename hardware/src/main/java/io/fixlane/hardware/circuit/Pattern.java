package io.fixlane.hardware.circuit;

import java.util.Comparator;

/**
 * What two terms are up to a common shift and sign: first + (second &lt;&lt; shift), or the
 * difference.
 *
 * @param first a variable
 * @param second another, or the same
 * @param shift by how many bits the second is shifted
 * @param opposite whether the second is subtracted
 */
record Pattern(int first, int second, int shift, boolean opposite) implements Comparable<Pattern> {
  private static final Comparator<Pattern> ORDER = Comparator.comparingInt(Pattern::shift)
      .thenComparingInt(Pattern::first).thenComparingInt(Pattern::second)
      .thenComparing(Pattern::opposite);

  /** Returns the pattern of two terms. */
  static Pattern of(Term a, Term b) {
    return a.before(b) ? ordered(a, b) : ordered(b, a);
  }

  private static Pattern ordered(Term a, Term b) {
    return new Pattern(
        a.variable(), b.variable(), b.shift() - a.shift(), a.negative() != b.negative());
  }

  /** Returns the second term, where the first is one of a sum. */
  Term second(Term term) {
    return new Term(second, term.shift() + shift, term.negative() != opposite);
  }

  @Override
  public int compareTo(Pattern other) {
    return ORDER.compare(this, other);
  }
}
