package io.fixlane.jmh.check;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.reference.ReferenceGemm;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a product of matrices with the reference's, in 16 rows and 32 columns at most, spread
 * from the first to the last: the reference takes seconds for ten million steps, and the largest
 * product has a thousand million.
 */
public final class GemmCheck {
  private static final int ROWS = 16;
  private static final int COLUMNS = 32;
  // Holds every sum that is measured.
  private static final int EXACT_BITS = 64;

  private GemmCheck() {}

  /**
   * Checks results.
   *
   * @param a m x k activations
   * @param weights k x n words
   * @param bias n words
   * @param accumulator what is cast into at every step, or null where sums are exact
   * @param relu whether negative sums become 0
   * @param results m x n words
   * @throws IllegalStateException if a word that is looked at is wrong
   */
  public static void sample(FixedTensor a, FixedTensor weights, FixedTensor bias,
      @Nullable FixedFormat accumulator, boolean relu, FixedTensor results) {
    int[] rows = spread(a.dimension(0), ROWS);
    int[] columns = spread(weights.dimension(1), COLUMNS);
    int k = weights.dimension(0);
    FixedFormat product = a.format().times(weights.format());
    FixedFormat sum = accumulator == null
        ? FixedFormat.signed(EXACT_BITS, EXACT_BITS - product.fractionBits())
        : accumulator;
    List<Fixed> x = new ArrayList<>();
    for (int row : rows) {
      for (int i = 0; i < k; i++) {
        x.add(a.get(row, i));
      }
    }
    List<Fixed> y = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      for (int column : columns) {
        y.add(weights.get(i, column));
      }
    }
    List<Fixed> start = new ArrayList<>();
    for (int column : columns) {
      start.add(bias.value(column));
    }
    ReferenceStage stage = new ReferenceStage(sum, relu, results.format());
    List<Fixed> expected =
        new ReferenceGemm(rows.length, columns.length, k, stage).run(x, y, start);
    for (int i = 0; i < expected.size(); i++) {
      int row = rows[i / columns.length];
      int column = columns[i % columns.length];
      Check.equal((long) row * weights.dimension(1) + column, expected.get(i),
          results.get(row, column));
    }
  }

  /** Returns so many numbers from 0 to below a size; all of them where there are fewer. */
  private static int[] spread(int size, int count) {
    int[] places = new int[Math.min(size, count)];
    for (int i = 0; i < places.length; i++) {
      places[i] = places.length == 1 ? 0 : (int) ((long) i * (size - 1) / (places.length - 1));
    }
    return places;
  }
}
