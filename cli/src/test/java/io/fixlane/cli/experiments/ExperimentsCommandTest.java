package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    return runWithImages(64, out, more);
  }

  private static Run runWithImages(int images, Path out, String... more) {
    List<String> line = new ArrayList<>(List.of("experiments", "--quick", "--data", "digits",
        "--images", Integer.toString(images), "--seeds", "1", "--only", "1,4", "--out",
        out.toString()));
    line.addAll(List.of(more));
    return Run.of(line.toArray(String[]::new));
  }

  private static Map<String, String> runs(Path out) throws IOException {
    Map<String, String> runs = new TreeMap<>();
    try (Stream<Path> files = Files.list(out.resolve("runs"))) {
      for (Path file : files.toList()) {
        runs.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return runs;
  }

  /** What is killed goes on: a task that is lost is computed again, the same, and no other is. */
  @Test
  void aSecondStartGoesOn() throws IOException {
    Path out = folder.resolve("out");
    Run first = run(out, "--threads", "2");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    // The shared start, the default, plain gradients, and 8 other settings of I.
    assertThat(first.out()).contains("[11/11] ")
        .contains("gave the words of the training network on 3590 of 3590 test samples")
        .contains("within a step of its output's format in 3 of 3 formats")
        .endsWith("the page is " + out.resolve("report.html") + "\n");
    Map<String, String> runs = runs(out);
    assertThat(runs).hasSize(11);

    Path lost = out.resolve("runs").resolve("cnn-learned-everything-4-maximum-0.03-seed-1.json");
    Files.delete(lost);
    Files.delete(out.resolve("report.html"));
    Run second = run(out, "--threads", "1");
    assertThat(second.out()).startsWith("10 of 11 are kept from an earlier start\n[11/11] ");
    assertThat(second.exitCode()).isZero();
    assertThat(runs(out)).isEqualTo(runs);

    String page = Files.readString(out.resolve("report.html"));
    Files.delete(out.resolve("report.html"));
    assertThat(run(out, "--report-only").exitCode()).isZero();
    assertThat(Files.readString(out.resolve("report.html"))).isEqualTo(page)
        .contains("<svg", "least squares", "Training in fixed point");

    // Settings that would give other results.
    Run other = runWithImages(65, out);
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).startsWith("fixlane: --out is " + out + ": it holds results of other");

    Files.writeString(lost, "{");
    Run damaged = run(out);
    assertThat(damaged.exitCode()).isEqualTo(2);
    assertThat(damaged.err())
        .startsWith("fixlane: " + lost + ": it is damaged, remove it to compute it again: ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--only 6 | --only is 6: it must be in 1..5",
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
  @ValueSource(strings = {"report.html", "results.json", "minutes.json", "budget.json"})
  void aFolderInThePlaceOfAFileIsFoundBeforeTraining(String name) throws IOException {
    Path out = folder.resolve("out");
    Files.createDirectories(out.resolve(name));
    Run run = run(out);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("fixlane: --out is " + out + ": " + out.resolve(name)
        + " cannot be written: it is a folder\n");
    assertThat(run.out()).isEmpty();
    assertThat(out.resolve("runs")).isEmptyDirectory();
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
