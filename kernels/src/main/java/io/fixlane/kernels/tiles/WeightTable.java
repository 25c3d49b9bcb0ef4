package io.fixlane.kernels.tiles;

import java.util.Arrays;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The words that a table unit looks up: with v different weights, a group of g neighbouring ones is
 * one of v<sup>g</sup> &lt;= lanes combinations, numbered in base v with the first weight as the
 * lowest digit. The table of a group of activations holds their sum for each combination.
 *
 * @param values the different weights, ascending
 * @param group g
 */
record WeightTable(long[] values, int group) {

  /** Returns the table of the weights, or null where there are too many different ones. */
  static @Nullable WeightTable of(WeightMatrix weights, int lanes) {
    TreeSet<Long> values = new TreeSet<>();
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < weights.n(); n++) {
        if (values.add(weights.at(k, n)) && values.size() * values.size() > lanes) {
          return null;
        }
      }
    }
    int group = 1;
    for (long entries = values.size(); entries * values.size() <= lanes && group < MAX_GROUP;
        entries *= values.size()) {
      group++;
    }
    return new WeightTable(values.stream().mapToLong(Long::longValue).toArray(), group);
  }

  // One weight has one combination of any length.
  private static final int MAX_GROUP = 6;

  /** Returns the combination of a group; a word that is no weight stands before no activation. */
  short index(WeightMatrix weights, int firstStep, int column) {
    int index = 0;
    for (int t = group - 1; t >= 0; t--) {
      int digit = Arrays.binarySearch(values, weights.at(firstStep + t, column));
      index = index * values.length + Math.max(0, digit);
    }
    return (short) index;
  }

  /** Returns the weight of one place of a combination. */
  long weight(int index, int place) {
    int digits = index;
    for (int t = 0; t < place; t++) {
      digits /= values.length;
    }
    return values[digits % values.length];
  }

  /** Returns the number of combinations. */
  int entries() {
    int entries = 1;
    for (int t = 0; t < group; t++) {
      entries *= values.length;
    }
    return entries;
  }
}
