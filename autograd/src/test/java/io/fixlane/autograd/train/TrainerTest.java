package io.fixlane.autograd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What training reports, when it stops, and what it leaves. */
class TrainerTest {
  @TempDir
  private Path folder;

  @Nested
  class Examples extends TrainerExample {}

  /** Remembers all that it hears. */
  private static final class Log implements TrainingListener {
    final List<Progress> steps = new ArrayList<>();
    final List<EpochResult> epochs = new ArrayList<>();

    @Override
    public void onStep(Progress progress) {
      steps.add(progress);
    }

    @Override
    public void onEpoch(EpochResult result) {
      epochs.add(result);
    }
  }

  @Test
  void progressAndResults() throws IOException {
    Log log = new Log();
    SmallTraining training = new SmallTraining(1);
    TrainingResult result =
        training.trainer(SmallTraining.PLAN).reportTo(log).train(SmallTraining.DATA);
    assertThat(log.steps).hasSize(30);
    Progress step = log.steps.get(14);
    assertThat(step.epoch()).isEqualTo(2);
    assertThat(step.epochs()).isEqualTo(3);
    assertThat(step.batch()).isEqualTo(5);
    assertThat(step.batches()).isEqualTo(10);
    assertThat(step.imagesPerSecond()).isPositive();
    assertThat(step.remaining()).isPositive();
    assertThat(log.steps.getLast().remaining()).isZero();
    assertThat(log.steps.getLast().score()).isEqualTo(result.best().train());
    assertThat(result.history()).isEqualTo(log.epochs).extracting(EpochResult::epoch)
        .containsExactly(1, 2, 3);
    assertThat(result.history()).extracting(epoch -> epoch.train().loss())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(result.best()).isEqualTo(result.history().getLast()).extracting(EpochResult::test)
        .isEqualTo(Score.of(training.network, SmallTraining.DATA.test(), 16, Workers.SINGLE));
  }

  @Test
  void earlyStoppingTakesTheBestWeights() throws IOException {
    // Labels that cannot be learned from other images: accuracy goes up and down.
    TrainingPlan plan = TrainingPlan.ofEpochs(60).withBatchSize(16).withPatience(4);
    SmallTraining training = new SmallTraining(2);
    List<Map<String, float[]>> weights = new ArrayList<>();
    TrainingResult result = training.trainer(plan).reportTo(new TrainingListener() {
      @Override
      public void onEpoch(EpochResult epoch) {
        weights.add(training.weights());
      }
    }).train(withLabelsByParity());
    int best = result.best().epoch();
    assertThat(result.history()).hasSize(best + 4).hasSizeLessThan(60);
    assertThat(result.history()).extracting(epoch -> epoch.test().accuracy())
        .allMatch(accuracy -> accuracy <= result.best().test().accuracy());
    training.weights().forEach((name, numbers) -> assertThat(numbers).as(name)
        .isEqualTo(weights.get(best - 1).get(name)));
  }

  private static DataSplit withLabelsByParity() {
    Dataset digits = SmallTraining.DATA.train();
    int[] labels = new int[digits.size()];
    Arrays.setAll(labels, i -> i % 2);
    return new Dataset("parity", digits.imageShape(), 10, digits.images(), labels).split(0.7, 3);
  }

  @Test
  void aLossThatIsNotFiniteStopsAndNamesTheLayer() throws IOException {
    Path file = folder.resolve("diverged.ckpt");
    SmallTraining training = new SmallTraining(1);
    Trainer trainer =
        training.trainer(SmallTraining.PLAN).checkpointTo(file, 1).reportTo(new TrainingListener() {
          @Override
          public void onEpoch(EpochResult result) {
            training.network.parameters().get("1.gamma").data()[2] = Float.MAX_VALUE;
            training.network.parameters().get("1.beta").data()[2] = Float.MAX_VALUE;
          }
        });
    assertThatThrownBy(() -> trainer.train(SmallTraining.DATA))
        .isInstanceOf(DivergedException.class)
        .hasMessage("training diverged in epoch 2, batch 1: the loss is NaN, and the first number"
            + " that is not finite is in the output [16, 3, 3, 4] of BatchNorm in layer 1; the last"
            + " good checkpoint is " + file);
    assertThat(Checkpoint.read(file).state().epoch()).isEqualTo(1);
  }

  @Test
  void weightsThatAreNotFiniteReachNoCheckpoint() throws IOException {
    Path file = folder.resolve("diverged.ckpt");
    SmallTraining training = new SmallTraining(1);
    Trainer trainer =
        training.trainer(SmallTraining.PLAN).checkpointTo(file, 1).reportTo(new TrainingListener() {
          @Override
          public void onStep(Progress progress) {
            training.network.parameters().get("4.weight").data()[3] = Float.POSITIVE_INFINITY;
          }
        });
    assertThatThrownBy(() -> trainer.train(SmallTraining.DATA))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "training diverged in epoch 1, batch 1: parameter 4.weight has become Infinity");
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void imagesThatAreNotNumbers() {
    Dataset digits = SmallTraining.DATA.train();
    float[] images = digits.images().clone();
    images[100] = Float.NaN;
    Dataset bad = new Dataset("bad", digits.imageShape(), 10, images, new int[digits.size()]);
    Trainer trainer = new SmallTraining(1).trainer(TrainingPlan.ofEpochs(1).withBatchSize(160));
    assertThatThrownBy(() -> trainer.train(new DataSplit(bad, bad)))
        .isInstanceOf(DivergedException.class)
        .hasMessageEndingWith("in input 0 [160, 8, 8, 1] of Conv2d in layer 0");
  }

  @Test
  void badArguments() {
    assertThatThrownBy(() -> TrainingPlan.ofEpochs(0))
        .hasMessage("epochs is 0: it must be at least 1");
    SmallTraining training = new SmallTraining(1);
    assertThatThrownBy(
        () -> new Trainer(training.network, new SmallTraining(1).optimizer, SmallTraining.PLAN))
        .hasMessageStartingWith(
            "the optimizer has 0.weight: the network's parameters are [0.weight");
  }
}
