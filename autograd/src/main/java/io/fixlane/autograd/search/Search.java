package io.fixlane.autograd.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries formats, and trains the better ones longer. What comes out follows from the trials and
 * their {@link Ground}, bit by bit: not from who computes them, in which order, or how often the
 * search was interrupted.
 *
 * {@snippet class="io.fixlane.autograd.search.SearchExample" region="search"}
 */
public final class Search {
  private final List<Trial> plan;
  private final Halving halving;
  private final TrialStore store;

  /**
   * Makes a search.
   *
   * @param plan what is tried, each once; the epochs of QFX are those of the first rung
   * @param halving how long
   * @param store what keeps outcomes, those of an earlier start too
   */
  public Search(List<Trial> plan, Halving halving, TrialStore store) {
    this.plan = List.copyOf(plan);
    this.halving = halving;
    this.store = store;
  }

  /**
   * Searches.
   *
   * @param runner what computes the trials that the store does not have
   * @throws IOException if a trial cannot be computed
   * @throws InterruptedException if the thread is interrupted
   */
  public SearchResult run(TrialRunner runner) throws IOException, InterruptedException {
    List<SearchResult.Rung> rungs = new ArrayList<>();
    List<Trial> trials = plan;
    for (int rung = 0; rung < halving.rungs() && !trials.isEmpty(); rung++) {
      List<TrialResult> results = results(trials, runner);
      rungs.add(new SearchResult.Rung(halving.epochs(rung), results));
      if (rung + 1 < halving.rungs()) {
        int next = halving.epochs(rung + 1);
        trials = halving.pick(results.stream()
            .filter(result -> result.trial().method() == Method.QFX).toList()).stream()
            .map(result -> result.trial().withEpochs(next)).toList();
      }
    }
    return new SearchResult(List.copyOf(rungs));
  }

  private List<TrialResult> results(List<Trial> trials, TrialRunner runner)
      throws IOException, InterruptedException {
    Map<Trial, TrialResult> results = new LinkedHashMap<>();
    List<Trial> left = new ArrayList<>();
    for (Trial trial : trials) {
      store.find(trial).ifPresentOrElse(
          result -> results.put(trial, result), () -> left.add(trial));
    }
    if (!left.isEmpty()) {
      runner.run(left, outcome -> {
        store.keep(outcome);
        results.put(outcome.result().trial(), outcome.result());
      });
    }
    return trials.stream().map(results::get).toList();
  }
}
