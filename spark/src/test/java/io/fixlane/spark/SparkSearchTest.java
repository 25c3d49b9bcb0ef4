package io.fixlane.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.SearchResult;
import io.fixlane.autograd.search.TrialRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search on Spark gives what it gives without. */
class SparkSearchTest {
  @TempDir
  private Path folder;

  @Test
  void resultsAreThoseOfThisProcess() throws Exception {
    Ground ground = SmallSearch.ground(Model.MLP);
    SearchResult[] expected = new SearchResult[1];
    SmallSearch here = SmallSearch.here(ground, folder, expected);
    SparkSession session = Sessions.local(2);
    SmallSearch there = new SmallSearch(count -> {});
    try (TrialRunner runner =
        new SparkRunner(session.sparkContext(), ground, session::stop)) {
      assertThat(there.run(runner)).isEqualTo(expected[0]);
    }
    assertThat(there.hasNetworksOf(here)).isTrue();
  }

  @Test
  void anAddressThatIsNoneIsNamed() throws Exception {
    Ground ground = SmallSearch.ground(Model.MLP);
    assertThatThrownBy(() -> new SparkTrials().open("nowhere", ground))
        .isInstanceOf(IOException.class).hasMessageContaining("nowhere");
  }

  /** The command without Spark, on it, and handed to it writes the same files, byte for byte. */
  @Test
  void theCommandWritesTheSameFiles() throws Exception {
    Path here = folder.resolve("here");
    search(here, List.of("io.fixlane.cli.Main"));
    Path there = folder.resolve("there");
    search(there, List.of("io.fixlane.cli.Main"), "--spark", "local[2]");
    assertSameFiles(there, here);
    Path submitted = folder.resolve("submitted");
    search(submitted, List.of("org.apache.spark.deploy.SparkSubmit", "--master", "local[2]",
        "--class", "io.fixlane.cli.Main", "spark-internal"), "--spark", "submit");
    assertSameFiles(submitted, here);
  }

  private static void assertSameFiles(Path there, Path here) throws IOException {
    assertThat(files(there)).containsExactlyEntriesOf(files(here)).containsKey("search.json");
  }

  private static void search(Path out, List<String> main, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
        "-XX:+IgnoreUnrecognizedVMOptions", "--add-modules=jdk.incubator.vector",
        "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path")));
    command.addAll(main);
    command.addAll(List.of("search", "--model", "mlp", "--subset", "320", "--epochs", "2",
        "--budget", "2", "--rungs", "2", "--bits", "3,5",
        "--out", out.toString()));
    command.addAll(List.of(more));
    File told = Files.createTempFile(out.getParent(), "told", ".txt").toFile();
    int status = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told)
        .start().waitFor();
    assertThat(status).as(Files.readString(told.toPath())).isZero();
  }

  private static Map<String, byte[]> files(Path out) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(out.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }
}
