package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.fixed.GradientMode;
import io.fixlane.autograd.models.Model;
import io.fixlane.cli.Run;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fixlane experiments} on a few digits. */
class ExperimentsCommandTest {
  @TempDir
  private Path folder;

  private static Run run(Path out, String... more) {
    List<String> all = new ArrayList<>(List.of("--models", "cnn"));
    all.addAll(List.of(more));
    return runOf("1,4", 64, out, all.toArray(String[]::new));
  }

  private static Run runOf(String experiments, int images, Path out, String... more) {
    List<String> line = new ArrayList<>(List.of("experiments", "--quick", "--data", "digits",
        "--images", Integer.toString(images), "--seeds", "1", "--only", experiments, "--out",
        out.toString()));
    line.addAll(List.of(more));
    return Run.of(line.toArray(String[]::new));
  }

  /** Forgets some results, as a start that was killed leaves it. */
  private static void forget(Path out, Predicate<TaskResult> which) throws IOException {
    Results all = Results.read(out);
    Results some = new Results(all.command(), all.date(), all.machine(), all.images(), all.budget(),
        all.seeds(), all.minutes(), all.twins(),
        all.tasks().stream().filter(which.negate()).toList());
    Files.write(out.resolve(Results.FILE), some.json());
  }

  /** What is killed goes on: a task that is lost is computed again, the same, and no other is. */
  @Test
  void aSecondStartGoesOn() throws IOException {
    Path out = folder.resolve("out");
    Run first = run(out, "--threads", "2");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    // The shared start, the default, plain gradients, 8 other settings of I, and I that stay.
    assertThat(first.out()).contains("[12/12] ")
        .contains("gave the words of the training network on 3949 of 3949 test samples")
        .contains("within a step of its output's format in 3 of 3 formats")
        .endsWith("the page is " + out.resolve("report.html") + "\n");
    Results results = Results.read(out);
    assertThat(results.tasks()).hasSize(12);

    forget(out, result -> result.row().start() == Start.MAXIMUM && result.row().pointRate() > 0.02);
    Files.delete(out.resolve("report.html"));
    Run second = run(out, "--threads", "1");
    assertThat(second.out()).startsWith("11 of 12 are kept from an earlier start\n[12/12] ");
    assertThat(second.exitCode()).isZero();
    assertThat(Results.read(out).tasks()).isEqualTo(results.tasks());
    assertThat(Results.read(out).minutes()).isGreaterThan(results.minutes());

    String page = Files.readString(out.resolve("report.html"));
    Files.delete(out.resolve("report.html"));
    assertThat(run(out, "--report-only").exitCode()).isZero();
    assertThat(Files.readString(out.resolve("report.html"))).isEqualTo(page)
        .contains("<svg", "least squares", "Training in fixed point");

    // Settings that would give other results.
    Run other = runOf("1,4", 65, out, "--models", "cnn");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).startsWith("fixlane: --out is " + out + ": it holds results of other");

    Path file = Files.writeString(out.resolve(Results.FILE), "{");
    Run damaged = run(out);
    assertThat(damaged.exitCode()).isEqualTo(2);
    assertThat(damaged.err()).startsWith("fixlane: " + file + ": it cannot be read: ");
  }

  /** On another machine the folder has the file alone: what rows go on from is trained again. */
  @Test
  void theFileOfResultsIsEnoughToGoOn() throws IOException {
    Path out = folder.resolve("out");
    assertThat(run(out).exitCode()).isZero();
    Results results = Results.read(out);
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(out.resolve(Results.FILE), copy.resolve(Results.FILE));
    assertThat(run(copy).out()).startsWith("12 of 12 are kept from an earlier start\nThe ");
    assertThat(copy.resolve("weights")).isEmptyDirectory();

    forget(copy, result -> result.row().gradient() == GradientMode.PLAIN);
    assertThat(run(copy).out()).startsWith("10 of 12 are kept from an earlier start\n[11/12] ");
    assertThat(Results.read(copy).tasks()).isEqualTo(results.tasks());
  }

  /** What other starts have kept stays on the page. */
  @Test
  void rowsAreChosen() throws IOException {
    Path out = folder.resolve("out");
    Run cnn = runOf("2", 32, out, "--models", "cnn", "--bits", "4");
    assertThat(cnn.exitCode()).as(cnn.err()).isZero();
    List<TaskResult> tasks = Results.read(out).tasks();
    assertThat(tasks).isNotEmpty().allMatch(
        task -> task.row().model() == Model.CNN && List.of(0, 4).contains(task.row().bits()));
    runOf("4", 32, out, "--models", "mlp");
    assertThat(Results.read(out).tasks()).containsAll(tasks).anyMatch(
        task -> task.row().model() == Model.MLP && task.calibrations().size() == 243);
  }

  /** Norms that are folded leave no casts of their own, and every word is the deployed one's. */
  @Test
  void foldedNormsAndATeacher() throws IOException {
    Path out = folder.resolve("out");
    Run run = runOf("6", 64, out, "--bits", "4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<TaskResult> folded =
        Results.read(out).tasks().stream().filter(task -> task.row().has(Setting.FOLDED_NORMS))
            .toList();
    assertThat(folded).hasSize(6).allSatisfy(task -> {
      assertThat(task.words().same()).isEqualTo(task.words().samples()).isEqualTo(359);
      assertThat(task.casts()).isNotEmpty().noneMatch(cast -> cast.cast().startsWith("norm"));
    });
    for (TaskResult task : folded) {
      Path file = out.resolve("weights").resolve(task.task().key() + ".fxn");
      assertThat(Network.load(file).resultShape()).containsExactly(10);
    }
    // What is learned of a teacher is something else than what is learned of labels.
    assertThat(folded.get(3).loss()).isNotEqualTo(folded.get(2).loss());
    assertThat(run.out())
        .contains("Folded norms, W bits in everything, an I by channel of weights and "
            + "a teacher: at W = 4 the network is, of one seed, ")
        .contains(
            "; with scores of 8 bits it is, of one seed, ");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("6. Norms that are folded, and a teacher", "Accuracy over W, with deviations");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--only 7 | --only is 7: it must be in 1..6",
    "--models vgg | --models is VGG: these experiments have [CNN, RESNET8, BNN, MLP]",
    "--bits 5,4,7 | --bits is 7: these experiments have [2, 3, 4, 5, 6, 8]",
    "--seeds 0 | --seeds is 0: it must be at least 1",
    "--threads -1 | --threads is -1: it must be at least 1",
    "--images 0 | --images is 0: it must be at least 1",
    "--data nowhere | --data is nowhere: it must be digits, fashion-mnist, cifar-10, "
        + "cifar-100, or a folder or a file that exists",
  })
  void aWrongArgumentIsNamed(String arguments, String message) {
    Path out = folder.resolve("none");
    List<String> line = new ArrayList<>(List.of("experiments", "--out", out.toString()));
    line.addAll(List.of(arguments.split(" ")));
    Run run = Run.of(line.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("fixlane: " + message + "\n");
    assertThat(out).doesNotExist();
  }

  @Test
  void withoutResultsThereIsNoPage() {
    Run run = Run.of("experiments", "--report-only", "--out", folder.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("fixlane: " + folder.resolve("results.json")
        + ": there is no such file: experiments without --report-only make it\n");
  }

  /** Whatever will be written is tried before anything is trained. */
  @ParameterizedTest
  @ValueSource(strings = {"report.html", "results.json"})
  void aFolderInThePlaceOfAFileIsFoundBeforeTraining(String name) throws IOException {
    Path out = folder.resolve("out");
    Files.createDirectories(out.resolve(name));
    Run run = run(out);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("fixlane: --out is " + out + ": " + out.resolve(name)
        + " cannot be written: it is a folder\n");
    assertThat(run.out()).isEmpty();
    assertThat(out.resolve("weights")).isEmptyDirectory();
  }

  @Test
  void imagesThatNoModelTakesAreRefused() throws IOException {
    Path file = folder.resolve("one.csv");
    Files.writeString(file, "0,0,0,0,0\n".repeat(10));
    Run run = Run.of("experiments", "--data", file.toString(), "--out",
        folder.resolve("out").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("fixlane: --data has images that MLP cannot take: classes is "
        + "1: it must be at least 2\n");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Run run = run(file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("fixlane: --out is " + file + ": it cannot be made: ");
  }
}
