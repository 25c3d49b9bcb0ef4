package io.fixlane.autograd.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The Pareto front of results: those that no other one beats, being at least as accurate at no more
 * cost, and better in one of both.
 */
public final class Front {
  private Front() {}

  /**
   * Returns the front over one cost, from the cheapest on; of equal results the first.
   *
   * @param results of trials that did not fail
   * @param cost what is not to be large
   */
  public static List<TrialResult> of(List<TrialResult> results, ToLongFunction<TrialCost> cost) {
    List<TrialResult> ascending = new ArrayList<>(results);
    ascending.sort(Comparator
        .comparingLong((TrialResult result) -> cost.applyAsLong(result.costOrThrow()))
        .thenComparing(Comparator.comparingDouble(TrialResult::accuracy).reversed()));
    List<TrialResult> front = new ArrayList<>();
    for (TrialResult result : ascending) {
      if (front.isEmpty() || result.accuracy() > front.getLast().accuracy()) {
        front.add(result);
      }
    }
    return front;
  }

  /**
   * Returns the front over all costs: MACs x bits, multiplications and bytes, in the order of the
   * results.
   *
   * @param results of trials that did not fail
   */
  public static List<TrialResult> of(List<TrialResult> results) {
    List<TrialResult> front = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      double[] merits = merits(results.get(i));
      int place = i;
      boolean beaten = IntStream.range(0, results.size())
          .anyMatch(j -> j != place && beats(merits(results.get(j)), merits, j < place));
      if (!beaten) {
        front.add(results.get(i));
      }
    }
    return front;
  }

  /** Returns what is to be large. */
  static double[] merits(TrialResult result) {
    TrialCost cost = result.costOrThrow();
    return new double[] {
      result.accuracy(), -cost.macBits(), -cost.multiplications(), -cost.bytes()};
  }

  /** Returns whether one is nowhere less, and somewhere more, or equal and first. */
  private static boolean beats(double[] one, double[] other, boolean isFirst) {
    boolean isMore = isFirst;
    for (int i = 0; i < one.length; i++) {
      if (one[i] < other[i]) {
        return false;
      }
      isMore |= one[i] > other[i];
    }
    return isMore;
  }
}
