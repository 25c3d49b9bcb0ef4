package io.fixlane.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.fixed.WordCheck;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.train.Progress;
import io.fixlane.autograd.train.Score;
import io.fixlane.network.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What training tells on its way: the line of progress, an interruption, the check of words. */
class ProgressTest {
  @TempDir
  private Path folder;

  @Test
  void theLineFillsTheWidthAndItsBarIsWhatIsDone() {
    Progress progress = new Progress(2, 4, 5, 10, new Score(0.25, 0.875), 12345.6,
        Duration.ofSeconds(3727));
    assertThat(TrainingProgress.line(Stage.QFX, progress, 85)).hasSize(85)
        .isEqualTo("QFX  2/4 [======         ] loss 0.2500   87.50 % right  12,346 images/s  "
            + "1:02:07 left");
    Progress end = new Progress(4, 4, 10, 10, new Score(0, 1), 1, Duration.ZERO);
    assertThat(TrainingProgress.line(Stage.FLOAT, end, 80))
        .startsWith("float  4/4 [==========] ").endsWith(" 0:00 left");
    assertThat(TrainingProgress.line(Stage.FLOAT, end, 20)).contains("4/4 [] loss");
  }

  @Test
  void whoInterruptsIsToldWhereTrainingGoesOn() throws IOException {
    assertThat(told(null))
        .isEqualTo("fixlane: interrupted; with --checkpoint FILE, training goes on where it was");
    Path file = folder.resolve("mlp");
    assertThat(told(file)).endsWith("goes on where it was");
    Files.createFile(folder.resolve("mlp.float"));
    assertThat(told(file)).isEqualTo("fixlane: interrupted; " + file
        + ".float is the last checkpoint: the same command goes on from there");
    Files.createFile(folder.resolve("mlp.qfx"));
    assertThat(told(file)).contains("mlp.qfx is the last checkpoint");
  }

  private static String told(@Nullable Path checkpoint) {
    Recipe recipe =
        new Recipe(new Beginning.Random(Model.MLP), Widths.of(8), null, true, false, null, false, 0,
            Recipe.plan(1, 1, 0, 1), 1, 0, checkpoint);
    StringWriter text = new StringWriter();
    try (Interruption interruption = new Interruption(recipe, new PrintWriter(text))) {
      interruption.tell();
    }
    return text.toString().strip();
  }

  @Test
  void wordsThatDifferAreCounted() {
    Dataset digits = Digits.readSplit().test();
    Sequential fixed = calibrated(digits, 1);
    Network deployed = Qfx.deploy(fixed, 8, 8, 1);
    assertThat(WordCheck.of(fixed, deployed, digits, Workers.SINGLE))
        .isEqualTo(new WordCheck(359, 359));
    WordCheck other =
        WordCheck.of(calibrated(digits, 2), deployed, digits, Workers.SINGLE);
    assertThat(other.same()).isLessThan(359);
    assertThat(other.isComplete()).isFalse();
  }

  private static Sequential calibrated(Dataset images, long seed) {
    Sequential fixed =
        Qfx.convert(Model.MLP.build(new int[] {8, 8, 1}, 10, seed), QfxOptions.bits(8));
    Qfx.calibrate(fixed, images.batch(0, 1, 2, 3).images(), new StartRule.Maximum());
    return fixed;
  }
}
