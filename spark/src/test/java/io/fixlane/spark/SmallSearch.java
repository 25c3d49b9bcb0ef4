package io.fixlane.spark;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.Halving;
import io.fixlane.autograd.search.Method;
import io.fixlane.autograd.search.Search;
import io.fixlane.autograd.search.SearchResult;
import io.fixlane.autograd.search.SearchSpace;
import io.fixlane.autograd.search.ThreadRunner;
import io.fixlane.autograd.search.Trial;
import io.fixlane.autograd.search.TrialOutcome;
import io.fixlane.autograd.search.TrialResult;
import io.fixlane.autograd.search.TrialRunner;
import io.fixlane.autograd.search.TrialStore;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A search that takes seconds, and what it comes to. */
final class SmallSearch implements TrialStore {
  private final Map<String, TrialOutcome> outcomes = new TreeMap<>();
  private final Consumer<Integer> listener;

  /**
   * Makes a search.
   *
   * @param listener is told how many trials are kept after each
   */
  SmallSearch(Consumer<Integer> listener) {
    this.listener = listener;
  }

  static Ground ground(Model model) throws Exception {
    DataSplit digits = Digits.readSplit();
    Dataset test = digits.test().first(100);
    Ground.Parts parts = Ground.Parts.of(new DataSplit(digits.train().first(640), test));
    Sequential floats = model.build(test.imageShape(), test.classes(), 1);
    new Trainer(floats, new Adam(ParameterGroup.of(floats.parameters(), 0.003f)),
        TrainingPlan.ofEpochs(2).withBatchSize(32)).train(parts.split());
    return Ground.of(model, floats, parts, 32, 0.001f);
  }

  /** Searches on threads of this process, without Spark. */
  static SmallSearch here(Ground ground, Path folder, SearchResult[] result) throws Exception {
    SmallSearch search = new SmallSearch(count -> {});
    try (TrialRunner runner = new ThreadRunner(ground, 1, folder)) {
      result[0] = search.run(runner);
    }
    return search;
  }

  SearchResult run(TrialRunner runner) throws Exception {
    Halving halving = new Halving(4, 2);
    SearchSpace space = new SearchSpace(List.of(Method.values()), List.of(3, 4, 6), List.of(),
        List.of(0, 2),
        List.of(new SearchSpace.Modes(QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT)));
    return new Search(space.grid(7, halving.epochs(0)), halving, this).run(runner);
  }

  @Override
  public Optional<TrialResult> find(Trial trial) {
    return Optional.ofNullable(outcomes.get(trial.key())).map(TrialOutcome::result);
  }

  @Override
  public void keep(TrialOutcome outcome) {
    outcomes.put(outcome.result().trial().key(), outcome);
    listener.accept(outcomes.size());
  }

  /** Returns whether the networks of both are the same, byte for byte. */
  boolean hasNetworksOf(SmallSearch other) {
    return outcomes.keySet().equals(other.outcomes.keySet())
        && outcomes.entrySet().stream().allMatch(entry -> Arrays.equals(
            entry.getValue().network(), other.outcomes.get(entry.getKey()).network()));
  }
}
