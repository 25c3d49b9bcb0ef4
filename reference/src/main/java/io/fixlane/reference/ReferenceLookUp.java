package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of the words of a format, as a table of its results.
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="lookUp"}
 *
 * @param x the format of what is looked up
 * @param table the result of every word in the order of their values, from the smallest to the
 *     largest
 */
public record ReferenceLookUp(FixedFormat x, List<Fixed> table) {
  /** The widest words that tables are made for. */
  public static final int WIDEST = 16;

  /**
   * Makes a look-up.
   *
   * @throws IllegalArgumentException if {@code x} is wider than {@value #WIDEST} bits, or the table
   *     has not 2<sup>W</sup> words, all of one format
   */
  public ReferenceLookUp {
    requireNarrow(x);
    table = List.copyOf(Objects.requireNonNull(table, "table"));
    if (table.size() != 1 << x.width()) {
      throw new IllegalArgumentException("table has " + table.size()
          + " words: it must have one for each of the " + (1 << x.width()) + " of " + x);
    }
    for (int i = 1; i < table.size(); i++) {
      if (!table.get(i).format().equals(table.get(0).format())) {
        throw new IllegalArgumentException("table has a word of " + table.get(i).format() + " at "
            + i + ": it must be of " + table.get(0).format() + ", as the first one is");
      }
    }
  }

  /**
   * Makes the look-up of a function: each result is what f gives for the value of the word, as
   * {@link Fixed#toDouble} gives it, cast into {@code result} with one rounding.
   *
   * @throws IllegalArgumentException if {@code x} is wider than {@value #WIDEST} bits, or f gives
   *     NaN, or an infinity where the overflow mode of {@code result} wraps; the message names the
   *     word
   */
  public static ReferenceLookUp of(FixedFormat x, DoubleUnaryOperator f, FixedFormat result) {
    requireNarrow(x);
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(result, "result");
    List<Fixed> table = new ArrayList<>();
    for (int i = 0; i < 1 << x.width(); i++) {
      Fixed word = Fixed.ofRaw(x, x.minRaw().add(BigInteger.valueOf(i)));
      double value = word.toDouble();
      double y = f.applyAsDouble(value);
      if (Double.isNaN(y) || (Double.isInfinite(y) && result.overflow().wraps())) {
        throw new IllegalArgumentException("f is " + y + " at " + value + ", raw word "
            + word.raw() + " of " + x + ": it has no meaning in " + result);
      }
      table.add(Fixed.from(result, y));
    }
    return new ReferenceLookUp(x, table);
  }

  private static void requireNarrow(FixedFormat x) {
    Objects.requireNonNull(x, "x");
    if (x.width() > WIDEST) {
      throw new IllegalArgumentException(
          "x is " + x + ": a table is made for words of at most " + WIDEST + " bits");
    }
  }

  /**
   * Returns the result of a word.
   *
   * @throws IllegalArgumentException if it is not a word of {@code x}
   */
  public Fixed apply(Fixed word) {
    if (!Objects.requireNonNull(word, "word").format().equals(x)) {
      throw new IllegalArgumentException(
          "word has the format " + word.format() + ": the look-up's is " + x);
    }
    return table.get(word.raw().subtract(x.minRaw()).intValueExact());
  }
}
