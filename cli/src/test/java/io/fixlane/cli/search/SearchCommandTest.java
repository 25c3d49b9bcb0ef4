package io.fixlane.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.ClassPath;
import io.fixlane.cli.Run;
import io.fixlane.network.Network;
import io.fixlane.network.layer.NetworkCost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fixlane search} on a few digits. */
class SearchCommandTest {
  /** Six trials of each method, and three and two of QFX again. */
  private static final List<String> LINE = List.of("search", "--model", "mlp", "--subset", "320",
      "--epochs", "3", "--budget", "4", "--bits", "3..5", "--khot", "0,1", "--seed", "5");
  private static final int TRIALS = 17;

  @TempDir
  private Path folder;

  /** Returns the line, with other values of its options or further ones. */
  private static List<String> line(Path out, String... more) {
    List<String> others = List.of(more);
    List<String> line = new ArrayList<>(List.of("search", "--out", out.toString()));
    for (int i = 1; i < LINE.size(); i += 2) {
      if (!others.contains(LINE.get(i))) {
        line.addAll(LINE.subList(i, i + 2));
      }
    }
    line.addAll(others);
    return line;
  }

  private static Run run(Path out, String... more) {
    return Run.of(line(out, more).toArray(String[]::new));
  }

  /** Returns all files of a folder that a user reads, with their content. */
  private static Map<String, String> files(Path out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(out.relativize(path).toString(),
            Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void threadsChangeNothingAndEveryNetworkRuns() throws IOException {
    Path one = folder.resolve("one");
    Run first = run(one, "--threads", "1");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).contains("[1/" + TRIALS + "] ", "[" + TRIALS + "/" + TRIALS + "] ");
    assertThat(first.out()).contains(
        TRIALS + " of " + TRIALS + " integer networks give every word of their training on all 359")
        .endsWith("the page is " + one.resolve("report.html") + "\n");
    Path two = folder.resolve("two");
    assertThat(run(two, "--threads", "2").exitCode()).isZero();
    assertThat(files(two)).isEqualTo(files(one));

    assertThat(Files.readString(one.resolve("report.html"))).contains("<svg", "Pareto fronts",
        "fixlane search --model mlp").doesNotContain("--threads");
    try (Stream<Path> networks = Files.list(one.resolve("networks"))) {
      List<Path> best = networks.toList();
      assertThat(best).isNotEmpty();
      for (Path file : best) {
        assertThat(Network.load(file).resultShape()).containsExactly(10);
        assertThat(Files.readString(one.resolve("search.json")))
            .contains('"' + file.getFileName().toString().replace(".fxn", "") + '"');
      }
    }

    // The same folder serves another grid on the same ground, and no other ground.
    Run other = run(one, "--bits", "4,6", "--khot", "0");
    assertThat(other.exitCode()).isZero();
    assertThat(other.out()).contains(" trials are kept from an earlier start\n");
    Run seed = run(one, "--seed", "6");
    assertThat(seed.exitCode()).isEqualTo(2);
    assertThat(seed.err()).startsWith(
        "fixlane: --out is " + one + ": it holds trials of other settings, Settings[");
  }

  /** No network multiplies by the scale of a norm, and the folder is one of folded networks. */
  @Test
  void foldedNormsCostNothing() throws IOException {
    String[] few = {"search", "--model", "cnn", "--subset", "100", "--epochs", "1", "--bits", "4",
      "--khot", "0", "--method", "ptq", "--out", folder.toString(), "--fold-norms"};
    Run run = Run.of(few);
    assertThat(run.exitCode()).as(run.err()).isZero();
    try (Stream<Path> networks = Files.list(folder.resolve("networks"))) {
      NetworkCost cost = Network.load(networks.findFirst().orElseThrow()).cost();
      assertThat(cost.multiplications()).isEqualTo(cost.macs());
    }
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("--method ptq --fold-norms", "folded");
    Run own = Run.of(Arrays.copyOf(few, few.length - 1));
    assertThat(own.err()).contains("it holds trials of other settings");
  }

  /** Killed after some trials, again and again, and gone on with. */
  @Test
  void aKilledSearchGoesOnToTheSameFiles() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(run(whole).exitCode()).isZero();
    Path killed = folder.resolve("killed");
    for (int kill = 1; kill <= 3; kill++) {
      killAfter(5 * kill, killed);
    }
    assertThat(killed.resolve("search.json")).doesNotExist();
    Run last = run(killed);
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.out()).contains(" trials are kept from an earlier start\n");
    assertThat(files(killed)).containsOnlyKeys(files(whole).keySet()).isEqualTo(files(whole));
  }

  private static void killAfter(int trials, Path out) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        ClassPath.ofTests(), "io.fixlane.cli.Main"));
    command.addAll(line(out, "--threads", "2"));
    Process process = new ProcessBuilder(command).start();
    try (BufferedReader err = process.errorReader()) {
      String told = err.readLine();
      while (told != null && !told.startsWith("[" + trials + "/")) {
        told = err.readLine();
      }
      assertThat(told).isNotNull();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aRandomPlanTriesAsManyAsItIsTold() throws IOException {
    Path out = folder.resolve("out");
    Run run = run(out, "--trials", "4", "--rungs", "1", "--budget", "1", "--element-bits", "4,6",
        "--modes", "AP_TRN:AP_WRAP,ap_rnd:ap_sat_sym", "--method", "QFX");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("[4/4] QFX, W = ").doesNotContain("PTQ");
    try (Stream<Path> trials = Files.list(out.resolve("trials"))) {
      assertThat(trials).filteredOn(file -> file.toString().endsWith(".json")).hasSize(4)
          .allMatch(file -> file.getFileName().toString()
              .matches("qfx-w[345]-e[46](-1hot)?-ap_.*-1-epochs.json"));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--bits 8..3 | --bits is 8..3: 8..3 is an empty range",
    "--bits 3..x | --bits is 3..x: it must be numbers and ranges, such as 3..8 or 4,6,8",
    "--bits 0..4 | --bits is 0..4: 0 must be in 1..24",
    "--element-bits 4,25 | --element-bits is 4,25: 25 must be in 1..24",
    "--khot 25 | --khot is 25: 25 must be in 0..24",
    "--modes AP_SAT | --modes is AP_SAT: it must be a quantization and an overflow mode, such as "
        + "AP_RND_CONV:AP_SAT",
    "--modes AP_TRN:AP_TRN | --modes is AP_TRN:AP_TRN: AP_TRN is none of [AP_SAT, AP_SAT_ZERO, "
        + "AP_SAT_SYM, AP_WRAP, AP_WRAP_SM]",
    "--trials 0 | --trials is 0: it must be at least 1",
    "--threads 0 | --threads is 0: it must be at least 1",
    "--rate 0 | --rate is 0.0: it must be a positive number",
    "--budget 3 | --budget is 3 and --rungs is 3: epochs is 3: with 3 rungs it must be at least 4",
    "--subset 9999 | --subset is 9999: it must be in 1..1438",
    "--subset 1 | --data has too few images to train with: trainFraction is 0.8: of 1 images, both "
        + "parts must get one",
    "--spark local[2] | --spark is local[2]: Fixlane's module spark is not on the class path: "
        + "fixlane-spark and Spark's own jars must be; without --spark the search runs here",
  })
  void aWrongArgumentIsNamed(String arguments, String message) {
    Path out = folder.resolve("none");
    List<String> line = new ArrayList<>(List.of("search", "--out", out.toString()));
    line.addAll(List.of(arguments.split(" ")));
    Run run = Run.of(line.toArray(String[]::new));
    assertThat(run.err()).isEqualTo("fixlane: " + message + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  /** Whatever will be written is tried before anything is trained. */
  @ParameterizedTest
  @ValueSource(strings = {"report.html", "search.json", "settings.json", "float.ckpt"})
  void aFolderInThePlaceOfAFileIsFoundBeforeTraining(String name) throws IOException {
    Path out = folder.resolve("out");
    Files.createDirectories(out.resolve(name));
    Run run = run(out);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("fixlane: --out is " + out + ": " + out.resolve(name)
        + " cannot be written: it is a folder\n");
    assertThat(out.resolve("trials")).isEmptyDirectory();
  }

  @Test
  void aDamagedResultIsNamed() throws IOException {
    Path out = folder.resolve("out");
    assertThat(run(out).exitCode()).isZero();
    Path damaged = out.resolve("trials").resolve("ptq-w3-e3.json");
    Files.writeString(damaged, "{");
    Run run = run(out);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith(
        "fixlane: " + damaged + ": it is damaged, remove it to compute it again: ");
  }
}
