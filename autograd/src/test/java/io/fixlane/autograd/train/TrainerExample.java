package io.fixlane.autograd.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Optimizer;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Schedule;
import io.fixlane.autograd.optim.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of {@link Trainer}. */
class TrainerExample {
  @Test
  void train(@TempDir Path folder) throws IOException {
    // @start region="train"
    RandomGenerator random = new SplittableRandom(1);
    TapeLayer network = new Sequential(
        new Flatten(), new Linear(64, 64, random), new ReLU(), new Linear(64, 10, random));
    Optimizer optimizer = new Sgd(0.9f, ParameterGroup.of(network.parameters(), 0.1f));
    TrainingPlan plan = TrainingPlan.ofEpochs(15).withSchedule(new Schedule.Cosine(0));

    TrainingResult result = new Trainer(network, optimizer, plan)
        .checkpointTo(folder.resolve("digits.ckpt"), 0)
        .train(Digits.readSplit());

    assertThat(result.best().test().accuracy()).isGreaterThan(0.95);
    // @end
  }
}
