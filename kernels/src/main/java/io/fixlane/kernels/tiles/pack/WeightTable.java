package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The words that a table unit looks up: with v different weights, a group of g neighbouring ones is
 * one of v<sup>g</sup> &lt;= lanes combinations, numbered in base v with the first weight as the
 * lowest digit. The table of a group of activations holds their sum for each combination.
 *
 * @param values the different weights, ascending
 * @param group g
 */
public record WeightTable(long[] values, int group) implements WeightLayout {

  /** Returns the table of the weights, or null where there are too many different ones. */
  public static @Nullable WeightTable of(WeightMatrix weights, int lanes) {
    long[] values = {};
    for (int k = 0; k < weights.k(); k++) {
      for (int n = 0; n < weights.n(); n++) {
        values = with(values, weights.at(k, n));
        if (values.length * values.length > lanes) {
          return null;
        }
      }
    }
    int group = 1;
    for (long entries = values.length; entries * values.length <= lanes
        && group < MAX_GROUP; entries *= values.length) {
      group++;
    }
    return new WeightTable(values, group);
  }

  /** Returns the values with one more in its place, or as they are where it is among them. */
  private static long[] with(long[] values, long value) {
    int place = 0;
    while (place < values.length && values[place] < value) {
      place++;
    }
    if (place < values.length && values[place] == value) {
      return values;
    }
    long[] more = Arrays.copyOf(values, values.length + 1);
    System.arraycopy(values, place, more, place + 1, values.length - place);
    more[place] = value;
    return more;
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

  @Override
  public Container stored(WeightMatrix weights) {
    return Container.SHORT;
  }

  @Override
  public long word(WeightMatrix weights, int plane, int step, int column) {
    return index(weights, step * group, column);
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
