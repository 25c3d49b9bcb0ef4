package io.fixlane.autograd.search;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A search that takes a second. */
final class SmallSearch {
  static final Halving HALVING = new Halving(2, 2);
  static final SearchSpace SPACE = new SearchSpace(
      List.of(Method.PTQ, Method.QFX), List.of(3, 5), List.of(), List.of(0, 1),
      List.of(new SearchSpace.Modes(QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT)));

  private SmallSearch() {}

  /** What keeps outcomes in memory. */
  static final class Kept implements TrialStore {
    final Map<Trial, TrialOutcome> outcomes = new LinkedHashMap<>();

    @Override
    public Optional<TrialResult> find(Trial trial) {
      return Optional.ofNullable(outcomes.get(trial)).map(TrialOutcome::result);
    }

    @Override
    public void keep(TrialOutcome outcome) {
      outcomes.put(outcome.result().trial(), outcome);
    }
  }

  static Ground ground() throws IOException {
    return ground(0.001f);
  }

  static Ground ground(float rate) throws IOException {
    DataSplit digits = Digits.readSplit();
    Dataset test = digits.test().first(100);
    Ground.Parts parts =
        Ground.Parts.of(new DataSplit(digits.train().first(320), test));
    Sequential floats = Model.MLP.build(test.imageShape(), test.classes(), 1);
    new Trainer(floats, new Adam(ParameterGroup.of(floats.parameters(), 0.003f)),
        TrainingPlan.ofEpochs(4).withBatchSize(32)).train(parts.split());
    return Ground.of(Model.MLP, floats, parts, 32, rate);
  }

  static List<Trial> plan() {
    return SPACE.grid(7, HALVING.epochs(0));
  }
}
