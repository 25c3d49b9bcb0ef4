package io.fixlane.autograd.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a search came to.
 *
 * @param rungs each with the results of its trials, in the order of the plan; those of PTQ are in
 *     the first
 */
public record SearchResult(List<Rung> rungs) {
  /**
   * A rung.
   *
   * @param epochs how long its trials were trained in fixed point
   * @param results what they came to
   */
  public record Rung(int epochs, List<TrialResult> results) {}

  /** Returns the last result of each trial that did not fail, in the order of the plan. */
  public List<TrialResult> latest() {
    Map<Trial, TrialResult> latest = new LinkedHashMap<>();
    for (Rung rung : rungs) {
      rung.results().forEach(result -> latest.put(identity(result.trial()), result));
    }
    List<TrialResult> done = new ArrayList<>(latest.values());
    done.removeIf(result -> !result.succeeded());
    return done;
  }

  private static Trial identity(Trial trial) {
    return trial.method() == Method.PTQ ? trial : trial.withEpochs(1);
  }

  /** Returns all results, rung after rung. */
  public List<TrialResult> all() {
    return rungs.stream().flatMap(rung -> rung.results().stream()).toList();
  }
}
