package io.fixlane.kernels.lanes.loop;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import java.math.BigInteger;

/**
 * What the loops of a staircase are compiled from. They read rows of lanes in a constant, b: the
 * words to start from, and then for each threshold the largest words that do not reach it, in
 * ascending order. A row has a lane for each element of a period, after which the elements have the
 * thresholds of the first ones again.
 *
 * @param a the operand
 * @param lane what the rows lie in: no narrower than the operand and the results
 * @param target the container of the results
 * @param lanes the lanes of a vector; 1 where the loops are scalar
 * @param thresholds the number of thresholds of an element
 * @param period the number of elements after which thresholds are the same again, a multiple of the
 *     lanes of a vector
 * @param step what each threshold adds
 */
public record ThresholdRecipe(Operand a, Container lane, Container target, int lanes,
    int thresholds, int period, long step) {
  private static final int WIDEST_TABLE = 16;
  // A vector of words is looked up in the time of about 8 comparisons, and a word read from a table
  // in that of one comparison of a vector.
  private static final int TABLE_COMPARISONS = 8;

  /**
   * Returns the recipe of as many lists of thresholds as neighbouring elements have in turn.
   *
   * @param x the format of the operand
   * @param result the format of the results
   * @param thresholds the length of a list
   * @param lists the number of lists
   * @param step what each threshold adds
   * @throws IllegalArgumentException if a row is longer than an array
   */
  public static ThresholdRecipe of(FixedFormat x, FixedFormat result, int thresholds, int lists,
      long step) {
    Operand a = Operand.of(x, 0, false);
    Container target = Container.of(result);
    Container lane = a.container().bits() > target.bits() ? a.container() : target;
    int lanes = lanes(lane, Math.min(a.container().bits(), target.bits()));
    int divisor = BigInteger.valueOf(lists).gcd(BigInteger.valueOf(lanes)).intValueExact();
    long period = (long) lists / divisor * lanes;
    if (period > Container.LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "there are " + lists + " lists of thresholds: a plan keeps "
              + period + " lanes for each threshold of them, and an array has at most "
              + Container.LONGEST_ARRAY);
    }
    return new ThresholdRecipe(a, lane, target, lanes, thresholds, (int) period, step);
  }

  private static int lanes(Container lane, int narrowest) {
    int lanes = VectorProvider.vectorBits() / lane.bits();
    return lanes * narrowest < Loops.SMALLEST_SPECIES ? 1 : lanes;
  }

  /**
   * Returns whether a table of the results of all words is read faster than the thresholds of one
   * list are compared.
   *
   * @param width the bits of an operand's word
   */
  public boolean yieldsToTable(int width) {
    if (width > WIDEST_TABLE) {
      return false;
    }
    boolean inVectors = Loops.tableVectors(a, width, target) > 0;
    return thresholds > (inVectors ? TABLE_COMPARISONS : lanes);
  }

  /** Returns whether words and lanes compare as unsigned: a signed lane does not hold them all. */
  boolean unsigned() {
    return !a.signed() && a.container() == lane;
  }

  /** Returns the lanes of all rows. */
  public long size() {
    return (thresholds + 1L) * period;
  }
}
