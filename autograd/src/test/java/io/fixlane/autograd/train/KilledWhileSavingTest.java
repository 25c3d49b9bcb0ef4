package io.fixlane.autograd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training that is killed at any moment, most likely while it saves, as it does little else: each
 * checkpoint is whole, none is older than one before, and what is trained in the end is what
 * training without interruption gives. The property {@value #KILLS} says how often.
 */
@Tag("hardening")
class KilledWhileSavingTest {
  private static final String KILLS = "fixlane.tests.kills";
  /** Nearly as long as all steps and their checkpoints take. */
  private static final long LONGEST_MICROS = 150_000;

  @TempDir
  private Path folder;

  @Test
  void theWeightsAreThoseOfTrainingThatWasNot() throws Exception {
    Map<String, float[]> expected = SmallTraining.uninterrupted(SmallTraining.PLAN);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path file = folder.resolve("killed.ckpt");
    int killed = 0;
    int kills = Integer.getInteger(KILLS, 10);
    while (killed < kills) {
      Files.deleteIfExists(file);
      long before = 0;
      int status = 1;
      while (status != 0) {
        // Another start shows whether all that matters comes from the checkpoint.
        Process process = TrainingProcess.start(file, Files.exists(file) ? 77 : 1);
        // One that was killed after its last checkpoint has no step to wait for.
        if (process.inputReader().readLine() != null) {
          TrainingProcess.goOn(process, SmallTraining.STEPS);
        }
        TimeUnit.MICROSECONDS.sleep(random.nextLong(LONGEST_MICROS));
        status = process.destroyForcibly().waitFor();
        if (status != 0) {
          killed++;
        }
        if (Files.exists(file)) {
          long after = Checkpoint.read(file).state().optimizerSteps();
          assertThat(after).as("seed %d, kill %d", seed, killed).isGreaterThanOrEqualTo(before);
          before = after;
        }
      }
      SmallTraining last = new SmallTraining(77);
      Trainer.readWeights(file, last.network);
      last.weights().forEach((name, numbers) -> assertThat(numbers)
          .as("seed %d: %s", seed, name).isEqualTo(expected.get(name)));
    }
    System.out.println(killed + " kills, seed " + seed);
  }
}
