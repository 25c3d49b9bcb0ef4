package io.fixlane.autograd.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Successive halving (Jamieson and Talwalkar, arXiv 1502.07943): all are trained for a few epochs,
 * the better half of them for twice as many, and so on; every rung trains anew, so that the
 * learning rate falls to 0 in each. Which half is better is decided by Pareto fronts: first go
 * those that none beats in accuracy, MACs x bits, multiplications and bytes together, then those
 * that only these beat; where a front does not fit, those go that are far from their neighbours.
 *
 * @param epochs those of the last rung
 * @param rungs how many rungs there are
 */
public record Halving(int epochs, int rungs) {
  /** So that the epochs of a rung are an int. */
  private static final int MOST_RUNGS = 20;

  /**
   * Makes a plan of rungs.
   *
   * @throws IllegalArgumentException if there are not 1 to 20 rungs, or the first one would have no
   *     epoch
   */
  public Halving {
    if (rungs < 1 || rungs > MOST_RUNGS) {
      throw new IllegalArgumentException("rungs is " + rungs + ": it must be in 1.." + MOST_RUNGS);
    }
    if (epochs < 1 << rungs - 1) {
      throw new IllegalArgumentException("epochs is " + epochs + ": with " + rungs
          + " rungs it must be at least " + (1 << rungs - 1));
    }
  }

  /**
   * Returns the epochs of a rung.
   *
   * @param rung from 0
   */
  public int epochs(int rung) {
    return epochs >> rungs - 1 - rung;
  }

  /**
   * Returns the half that goes on, rounded up, in the order of the results. What failed does not.
   */
  public List<TrialResult> pick(List<TrialResult> results) {
    int count = (results.size() + 1) / 2;
    List<TrialResult> left = new ArrayList<>(results);
    left.removeIf(result -> !result.succeeded());
    List<TrialResult> picked = new ArrayList<>();
    while (picked.size() < count && !left.isEmpty()) {
      List<TrialResult> front = Front.of(left);
      left.removeAll(front);
      picked.addAll(apart(front).subList(0, Math.min(front.size(), count - picked.size())));
    }
    picked.sort(Comparator.comparingInt(results::indexOf));
    return picked;
  }

  /**
   * Returns a front, those first that have the most room between their neighbours (the crowding
   * distance of NSGA-II, Deb et al., 2002), of equals the more accurate.
   */
  private static List<TrialResult> apart(List<TrialResult> front) {
    List<double[]> merits = front.stream().map(Front::merits).toList();
    double[] room = new double[front.size()];
    for (int merit = 0; merit < merits.getFirst().length; merit++) {
      int which = merit;
      Integer[] order = IntStream.range(0, room.length).boxed()
          .sorted(Comparator.comparingDouble(i -> merits.get(i)[which])).toArray(Integer[]::new);
      double least = merits.get(order[0])[which];
      double range = merits.get(order[order.length - 1])[which] - least;
      for (int i = 0; i < order.length && range > 0; i++) {
        room[order[i]] += i == 0 || i == order.length - 1
            ? Double.POSITIVE_INFINITY
            : (merits.get(order[i + 1])[which] - merits.get(order[i - 1])[which]) / range;
      }
    }
    return IntStream.range(0, room.length).boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -room[i])
            .thenComparingDouble(i -> -merits.get(i)[0]))
        .map(front::get).toList();
  }
}
