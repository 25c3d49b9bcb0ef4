package io.fixlane.conformance;

import io.fixlane.reference.Fixed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of comparing two dumps word by word. Words are equal where their values are, whatever
 * their formats.
 *
 * {@snippet class="io.fixlane.conformance.DumpExample" region="compare"}
 *
 * @param wordsA how many words the first dump has
 * @param wordsB how many words the second one has
 * @param differing how many of the words that both have differ
 * @param differences the first of them
 */
public record DumpComparison(
    long wordsA, long wordsB, long differing, List<Difference> differences) {

  /** Makes the result of copies. */
  public DumpComparison {
    differences = List.copyOf(differences);
  }

  /**
   * Two words that differ.
   *
   * @param index their place in both dumps, from 0
   * @param lineA the line of the first one, from 1
   * @param a the first one
   * @param lineB the line of the second one, from 1
   * @param b the second one
   */
  public record Difference(long index, long lineA, Word a, long lineB, Word b) {}

  /** Returns whether both dumps have the same words. */
  public boolean same() {
    return differing == 0 && wordsA == wordsB;
  }

  /**
   * Compares what is left of two dumps, to the end of both.
   *
   * @param maxDifferences how many differences are kept in full; all are counted
   * @throws VectorFileException if one cannot be read
   */
  public static DumpComparison of(DumpReader a, DumpReader b, int maxDifferences)
      throws VectorFileException {
    long differing = 0;
    List<Difference> differences = new ArrayList<>();
    BigInteger x = a.next();
    BigInteger y = b.next();
    for (long i = 0; x != null || y != null; i++) {
      if (x != null && y != null && !same(a, x, b, y)) {
        differing++;
        if (differences.size() < maxDifferences) {
          differences.add(new Difference(i, a.line(), word("A", a, x), b.line(), word("B", b, y)));
        }
      }
      x = following(a, x);
      y = following(b, y);
    }
    return new DumpComparison(a.words(), b.words(), differing, differences);
  }

  private static @Nullable BigInteger following(DumpReader dump, @Nullable BigInteger word)
      throws VectorFileException {
    return word == null ? null : dump.next();
  }

  private static boolean same(DumpReader a, BigInteger x, DumpReader b, BigInteger y) {
    return new Fixed(a.numbers().format(), x).compareTo(new Fixed(b.numbers().format(), y)) == 0;
  }

  private static Word word(String name, DumpReader dump, BigInteger raw) {
    return new Word(name, new WordType(dump.numbers().format()), raw);
  }
}
