package io.fixlane.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fixlane bench}, over a jar that answers as JMH's does. */
class BenchCommandTest {
  @TempDir
  private Path folder;

  @BeforeEach
  void makeTheJar() throws IOException {
    Path jar = FakeJar.write(folder.resolve("benchmarks.jar"));
    System.setProperty(BenchCommand.JAR, jar.toString());
    System.setProperty(BenchCommand.PEERS_JAR, jar.toString());
    System.setProperty(LatestResults.FOLDER, folder.resolve("state").toString());
  }

  @AfterEach
  void forgetTheJar() {
    System.clearProperty(BenchCommand.JAR);
    System.clearProperty(BenchCommand.PEERS_JAR);
    System.clearProperty(LatestResults.FOLDER);
  }

  private Path baseline(double score, double error) throws IOException {
    return Files.writeString(folder.resolve("baseline.json"), """
        {"results": [{"benchmark": "io.fixlane.jmh.GemmBenchmark.run",
          "params": {"subject": "S8_512"},
          "secondaryMetrics": {"macs": {"score": %s, "scoreError": %s}}}]}
        """.formatted(score, error));
  }

  @Test
  void figuresAreInTheirUnitsAndNextToThePeakOfTheRun() {
    Run run = Run.of("bench", "--only", "s8_512|castbench");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("""
        benchmark           parameters      unit      score     error      of peak
        PeakBenchmark.f32                   GMAC/s     60.0  +- 1.500
        GemmBenchmark.run   subject=S8_512  GMAC/s     45.0  +- 2.000  0.75 of f32
        CastBenchmark.cast  words=4         Gwords/s   12.3         ?
        """);
  }

  /** Where dot products have been measured they are the peak, of those that the processor has. */
  @Test
  void dotProductsAreThePeakOfWordsThatTheyMultiply() {
    Run run = Run.of("bench", "--only", "peakdot|s8_512|s16_wrap");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " "))).contains(
        "GemmBenchmark.run subject=S8_512 GMAC/s 45.0 +- 2.000 0.50 of vpdpbusd",
        "GemmBenchmark.run subject=S16_WRAP_512 GMAC/s 45.0 +- 2.000 1.50 of vpmaddwd");
  }

  /** Ours is compared with each peer on the same words. */
  @Test
  void peersAreNextToOurs() {
    Run run = Run.of("bench", "--peers", "--only", "gemmpeers");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " "))).containsExactly(
        "benchmark parameters unit score error of peak ours is words",
        "PeakBenchmark.f32 GMAC/s 60.0 +- 1.500",
        "GemmPeers.run library=FIXLANE_S8 GMAC/s 100 +- 1.000 1.67 of f32",
        "GemmPeers.run library=FIXLANE_U8 GMAC/s 110 +- 1.000 1.83 of f32",
        "GemmPeers.run library=ONEDNN_S8 GMAC/s 200 +- 1.000 3.33 of f32 0.50 x as fast "
            + "wrong: 12,345 of 262,144 words, saturates pairs of products",
        "GemmPeers.run library=ONNXRUNTIME_QLINEARMATMUL_U8 GMAC/s 55.0 +- 1.000 0.92 of f32 "
            + "2.00 x as fast wrong: 7 of 262,144 words");
    assertThat(run.exitCode()).isZero();
  }

  /** The file tells it, and what is kept does, and so each of them read again. */
  @Test
  void whatIsWrongOfPeersIsKept() throws IOException {
    Path file = folder.resolve("results.json");
    Run.of("bench", "--peers", "--only", "gemmpeers", "--json", file.toString());
    for (Path kept : List.of(file, LatestResults.file())) {
      List<BenchResult> results = BenchFile.read("the file", kept).results();
      assertThat(results).extracting(BenchResult::wrong).containsExactly(null, null, null,
          new WrongWords(12_345, 262_144, true), new WrongWords(7, 262_144, false));
    }
    assertThat(JsonMapper.shared().readTree(Files.readAllBytes(file)).path("results").get(3)
        .path("wrong").toString())
        .isEqualTo("{\"wrong\":12345,\"words\":262144,\"saturatesPairs\":true}");
  }

  @Test
  void resultsAreKeptWithTheMachineAndComparedWithThemselves() throws IOException {
    Path file = folder.resolve("results.json");
    Run run = Run.of("bench", "--only", "s8_512", "--json", file.toString());
    assertThat(run.err()).isEmpty();
    JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
    assertThat(root.path("results").size()).isEqualTo(2);
    assertThat(root.path("machine").path("jvm").asString()).startsWith("25");
    assertThat(root.path("machine").path("processor").asString()).isNotBlank();
    assertThat(root.path("machine").path("processors").asInt()).isPositive();
    assertThat(Instant.parse(root.path("date").asString())).isBeforeOrEqualTo(Instant.now());
    Run compared = Run.of("bench", "--only", "s8_512", "--compare", file.toString());
    assertThat(compared.out())
        .endsWith("0 of 2 benchmarks are slower than the baseline, beyond the error bars\n");
    assertThat(compared.exitCode()).isZero();
  }

  /** 45 +- 2 against a baseline: below it only where the bars do not meet. */
  @ParameterizedTest
  @CsvSource({"48, 1, 0", "48, 0.5, 1", "40, 0.5, 0"})
  void onlyWhatIsBeyondTheErrorBarsIsSlower(double score, double error, int slower)
      throws IOException {
    Run run =
        Run.of("bench", "--only", "s8_512", "--compare", baseline(score, error).toString());
    assertThat(run.out()).endsWith(slower + " of 1 benchmarks are slower than the baseline, "
        + "beyond the error bars; it lacks 1 of the others\n");
    assertThat(run.out().contains("slower: GemmBenchmark.run subject=S8_512: 45.0 +- 2.000 GMAC/s,"
        + " where the baseline has 48.0")).isEqualTo(slower == 1);
    assertThat(run.exitCode()).isEqualTo(slower);
  }

  @Test
  void whatABrokenBenchmarkSaidIsShown() {
    Run run = Run.of("bench", "--only", "conv");
    assertThat(run.err())
        .startsWith("fixlane: ConvBenchmark s8_64_56_56: ended with exit code 3:\n")
        .endsWith("a broken benchmark\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void whatFailsTakesNothingFromTheOthers() throws IOException {
    Path file = folder.resolve("results.json");
    Run run = Run.of("bench", "--only", "conv|elementwise|castbench", "--json", file.toString());
    assertThat(run.err()).contains("fixlane: ConvBenchmark s8_64_56_56: ended with exit code 3",
        "fixlane: ElementwiseBenchmark add_s8,multiply_s8: io.fixlane.jmh.ElementwiseBenchmark.run "
            + "(subject = ADD_S8) failed:\njava.lang.IllegalStateException: word 3 is wrong\n")
        .doesNotContain("\tat ", "more");
    assertThat(run.out()).contains("PeakBenchmark.f32", "CastBenchmark.cast",
        "ElementwiseBenchmark.run  subject=MULTIPLY_S8");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(BenchFile.read("--json", file).results()).hasSize(3);
  }

  @Test
  void theNewestResultOfEachBenchmarkIsKept() {
    Run.of("bench", "--only", "castbench");
    Run.of("bench", "--only", "s8_512");
    Run.of("bench", "--only", "s8_512");
    BenchFile latest = BenchFile.read("the file", LatestResults.file());
    assertThat(latest.results()).extracting(BenchResult::key).containsExactly("PeakBenchmark.f32",
        "CastBenchmark.cast words=4", "GemmBenchmark.run subject=S8_512");
    assertThat(latest.machine()).isNotNull();
  }

  @Test
  void resultsOfAnotherMachineAreNotMixedIn() {
    Run.of("bench", "--only", "castbench");
    BenchFile here = BenchFile.read("the file", LatestResults.file());
    Machine other = new Machine("another", 64, 128, "Linux aarch64", "25");
    BenchFile newer = new BenchFile("", other, here.results().subList(0, 1));
    assertThat(here.with(newer)).isEqualTo(newer);
    assertThat(here.with(new BenchFile("", null, List.of())).results()).isEqualTo(here.results());
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAndNothingIsLost() throws IOException {
    Files.writeString(folder.resolve("state"), "a file");
    Run run = Run.of("bench", "--only", "castbench");
    assertThat(run.err()).startsWith("fixlane: the results cannot be kept in ").hasLineCount(1);
    assertThat(run.out()).contains("CastBenchmark.cast");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void twoRunsAtATimeAreRefused() {
    Run run = Run.of("bench", "--only", "binary");
    assertThat(run.err()).startsWith("fixlane: another run of JMH is measuring").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void whatDoesNotEndInTimeIsEndedAndNotMeasured() {
    BenchPart slow = new BenchPart("CopyBenchmark", Map.of(), 1);
    BenchRun run = new BenchRun(Path.of(System.getProperty(BenchCommand.JAR)));
    assertThat(run.measure(slow, Duration.ofMillis(300), done -> {}))
        .isEqualTo(new BenchRun.Outcome(List.of(), List.of(), true));
  }

  @Test
  void aJarThatIsNotThereIsSaid() {
    System.clearProperty(BenchCommand.JAR);
    Run run = Run.of("bench");
    assertThat(run.err()).startsWith("fixlane: the benchmarks are not built (./fixlane bench")
        .hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
    System.setProperty(BenchCommand.JAR, folder.resolve("no.jar").toString());
    assertThat(Run.of("bench").err()).contains("there is no " + folder.resolve("no.jar"));
    System.clearProperty(BenchCommand.PEERS_JAR);
    assertThat(Run.of("bench", "--peers").err())
        .startsWith("fixlane: the benchmarks of peers are not built (./fixlane bench --peers")
        .contains("without --peers ours are measured alone").hasLineCount(1);
  }

  @Test
  void mistakesAreFoundBeforeAnythingRuns() throws IOException {
    String bad = Files.writeString(folder.resolve("bad.json"), "{").toString();
    String other = Files.writeString(folder.resolve("other.json"), "{}").toString();
    String missing = folder.resolve("missing.json").toString();
    for (String[] args : new String[][] {
      {"--only is 'nothing'", "--only", "nothing"},
      {"--only is '(': it is no regular expression", "--only", "("},
      {"no results of benchmarks are there", "--compare", bad},
      {"no results of benchmarks are there", "--compare", other},
      {"it cannot be read", "--compare", missing},
      {"its folder does not exist", "--json", folder.resolve("no/x.json").toString()},
    }) {
      Run run = Run.of("bench", args[1], args[2]);
      assertThat(run.err()).startsWith("fixlane: " + args[1]).contains(args[0]).hasLineCount(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.exitCode()).isEqualTo(2);
    }
    Run same = Run.of("bench", "--compare", other, "--json", other);
    assertThat(same.err()).isEqualTo(
        "fixlane: --json is " + other + ": it is the file of --compare too\n");
    assertThat(same.exitCode()).isEqualTo(2);
    Run both = Run.of("bench", "--quick", "--full");
    assertThat(both.err()).contains("--quick", "--full", "mutually exclusive");
    assertThat(both.exitCode()).isEqualTo(2);
  }
}
