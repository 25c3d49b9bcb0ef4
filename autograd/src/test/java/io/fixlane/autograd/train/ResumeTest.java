package io.fixlane.autograd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interrupted training that goes on gives the same bits as training that was not. */
class ResumeTest {
  @TempDir
  private Path folder;

  /** Stops training after a number of steps, as the power going off would. */
  private static final class PowerFailure extends RuntimeException implements TrainingListener {
    private static final long serialVersionUID = 1;

    private int stepsLeft;

    PowerFailure(int steps) {
      this.stepsLeft = steps;
    }

    @Override
    public void onStep(Progress progress) {
      if (--stepsLeft == 0) {
        throw this;
      }
    }
  }

  private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((name, numbers) -> assertThat(numbers).as(name)
        .isEqualTo(expected.get(name)));
  }

  /** Fails after some steps, then again after some more; a checkpoint after each so many. */
  @ParameterizedTest
  @CsvSource({"7, 5, 3, 0", "10, 1, 1, 0", "11, 13, 0, 0", "29, 1, 4, 0", "14, 3, 1, 1",
    "4, 4, 7, 2"})
  void theSameBits(int first, int second, int every, int patience) throws Exception {
    TrainingPlan plan = SmallTraining.PLAN.withPatience(patience);
    Path file = folder.resolve("small.ckpt");
    int seed = 1;
    for (int steps : new int[] {first, second}) {
      PowerFailure failure = new PowerFailure(steps);
      Trainer trainer = new SmallTraining(seed).trainer(plan).checkpointTo(file, every);
      assertThatThrownBy(() -> trainer.reportTo(failure).train(SmallTraining.DATA))
          .isSameAs(failure);
      // What comes after a checkpoint must not depend on the start; before it, nothing is saved.
      seed = Files.exists(file) ? 77 : 1;
    }
    SmallTraining last = new SmallTraining(seed);
    TrainingResult result =
        last.trainer(plan).checkpointTo(file, every).train(SmallTraining.DATA);
    assertSame(last.weights(), SmallTraining.uninterrupted(plan));

    // Trained to the end: nothing is left to do, and the results are still there.
    SmallTraining again = new SmallTraining(78);
    assertThat(again.trainer(plan).checkpointTo(file, every).train(SmallTraining.DATA))
        .isEqualTo(result);
    assertSame(again.weights(), last.weights());
    SmallTraining read = new SmallTraining(79);
    Trainer.readWeights(file, read.network);
    assertSame(read.weights(), last.weights());
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    assertSame(
        SmallTraining.uninterrupted(SmallTraining.PLAN.withThreads(3)),
        SmallTraining.uninterrupted(SmallTraining.PLAN));
  }

  /** Kills the process several times, while it is about to write a checkpoint or writes it. */
  @Test
  void aProcessThatIsKilled() throws Exception {
    Path file = folder.resolve("killed.ckpt");
    int seed = 1;
    long before = 0;
    for (int steps : new int[] {2, 4, 9}) {
      Process process = TrainingProcess.start(file, seed);
      BufferedReader lines = process.inputReader();
      for (int i = 0; i < steps; i++) {
        assertThat(lines.readLine()).isEqualTo("step");
        TrainingProcess.goOn(process, 1);
      }
      process.destroyForcibly().waitFor();
      // The checkpoint of the last step may be missing, but not those before, and none is torn.
      long after = Checkpoint.read(file).state().optimizerSteps();
      assertThat(after).isBetween(before + steps - 1, before + steps);
      before = after;
      seed = 77;
    }
    // As a process leaves it that is killed while it writes.
    Files.createFile(folder.resolve(".killed.ckpt.1.part"));
    Process process = TrainingProcess.start(file, seed);
    TrainingProcess.goOn(process, SmallTraining.STEPS);
    assertThat(process.inputReader().lines().count()).isEqualTo(SmallTraining.STEPS - before);
    assertThat(process.waitFor()).isZero();
    SmallTraining last = new SmallTraining(77);
    Trainer.readWeights(file, last.network);
    assertSame(last.weights(), SmallTraining.uninterrupted(SmallTraining.PLAN));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
