package io.fixlane.autograd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.data.Digits;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
        .containsExactly(expected.get(name)));
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
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    assertSame(
        SmallTraining.uninterrupted(SmallTraining.PLAN.withThreads(3)),
        SmallTraining.uninterrupted(SmallTraining.PLAN));
  }

  /** Kills the process at whatever it is doing, several times, and lets it go on. */
  @Test
  void aProcessThatIsKilled() throws Exception {
    Path file = folder.resolve("killed.ckpt");
    int seed = 1;
    for (int kill = 0; kill < 3; kill++) {
      Process process = start(file, seed);
      seed = 77;
      long before = stepsIn(file);
      while (process.isAlive() && stepsIn(file) < before + 2) {
        Thread.sleep(1);
      }
      process.destroyForcibly().waitFor();
      // Whatever it was doing, the file is whole.
      assertThat(Checkpoint.read(file).state().optimizerSteps()).isGreaterThan(before);
    }
    Process process = start(file, seed);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    SmallTraining last = new SmallTraining(77);
    Trainer.readWeights(file, last.network);
    assertSame(last.weights(), SmallTraining.uninterrupted(SmallTraining.PLAN));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static long stepsIn(Path file) throws CheckpointException {
    return Files.exists(file) ? Checkpoint.read(file).state().optimizerSteps() : 0;
  }

  private static Process start(Path file, int seed) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
        List.of(
            java.toString(), "-cp", classPath(), SmallTraining.class.getName(), file.toString(),
            Integer.toString(seed)))
        .inheritIO().start();
  }

  /** Returns where the classes lie, whether this test runs on the class path or the module path. */
  private static String classPath() throws Exception {
    Path tests = Path.of(SmallTraining.class.getResource("SmallTraining.class").toURI())
        .resolve("../../../../..").normalize();
    Path digits = Path.of(Digits.class.getResource("digits.csv.gz").toURI())
        .resolve("../../../../..").normalize();
    Path classes =
        Path.of(Trainer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Stream.of(tests, classes, digits).distinct().map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
