package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;

/** The tables of look-ups: of a function, or given word by word, and as loops read them. */
final class LookUpTable {
  private static final int WIDEST = 16;
  // A table fills at least the largest vector: 512 bits of bytes.
  private static final int FEWEST_WORDS = 64;

  private LookUpTable() {}

  /** Returns f of every word of a format, from the smallest to the largest. */
  static FixedTensor of(FixedFormat x, DoubleUnaryOperator f, FixedFormat result) {
    int size = size(x);
    FixedTensor words = FixedTensor.allocate(x, size);
    for (int i = 0; i < size; i++) {
      words.setRaw(i, raw(x, i));
    }
    double[] values = words.dequantize(new double[size]);
    for (int i = 0; i < size; i++) {
      double y = f.applyAsDouble(values[i]);
      if (Double.isNaN(y) || (Double.isInfinite(y) && result.overflow().wraps())) {
        throw new IllegalArgumentException("f is " + y + " at " + values[i] + ", raw word "
            + words.raw(i) + " of " + x + ": it has no meaning in " + result);
      }
      values[i] = y;
    }
    return FixedTensor.quantize(result, values, size);
  }

  /** Plans the look-up in a table of 2<sup>W</sup> words, which is copied. */
  static Plan plan(FixedFormat x, FixedTensor table) {
    int size = size(x);
    if (table.size() != size) {
      throw new IllegalArgumentException("table has " + table.size()
          + " words: it must have one for each of the " + size + " of " + x);
    }
    OptionalLong wrong = table.firstOutOfRange();
    if (wrong.isPresent()) {
      throw new IllegalArgumentException("table has " + table.raw(wrong.getAsLong()) + " at "
          + wrong.getAsLong() + ": it must be a raw word of " + table.format());
    }
    FixedTensor inOrderOfBits =
        FixedTensor.allocate(table.format(), Math.max(size, FEWEST_WORDS));
    for (int i = 0; i < inOrderOfBits.size(); i++) {
      inOrderOfBits.setRaw((int) raw(x, i) & inOrderOfBits.size() - 1, table.raw(i & size - 1));
    }
    return new Plan(_ -> Loops.lookUp(Operand.of(x, 0, false), x.width(),
        Container.of(table.format())), inOrderOfBits.segment());
  }

  /** Returns the word in a place of a table. */
  private static long raw(FixedFormat x, int place) {
    return x.minRaw().longValue() + place;
  }

  private static int size(FixedFormat x) {
    Objects.requireNonNull(x, "x");
    if (x.width() > WIDEST) {
      throw new IllegalArgumentException(
          "x is " + x + ": a table is made for words of at most " + WIDEST + " bits");
    }
    return 1 << x.width();
  }
}
