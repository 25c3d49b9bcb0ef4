package io.fixlane.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is measured. */
class BenchPartTest {
  private static final Path BENCHMARKS = Path.of("../jmh/src/main/java/io/fixlane/jmh");

  private static final Path PEERS = Path.of("../jmh-peers/src/main/java/io/fixlane/jmh/peers");

  private static Set<String> classes(List<BenchPart> parts) {
    return parts.stream().map(part -> part.include().replaceAll("[.].*", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void fullMeasuresEveryBenchmarkThereIs() throws IOException {
    try (Stream<Path> files = Files.list(BENCHMARKS)) {
      Set<String> written = files.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Benchmark.java"))
          .map(name -> name.replace(".java", "")).collect(Collectors.toSet());
      assertThat(written).hasSizeGreaterThan(12);
      assertThat(classes(BenchPart.full())).isEqualTo(written);
    }
  }

  @Test
  void everyPeerThatThereIsIsMeasuredInBothLengths() throws IOException {
    try (Stream<Path> files = Files.list(PEERS)) {
      Set<String> written = files.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Peers.java"))
          .map(name -> name.replace(".java", "")).collect(Collectors.toSet());
      assertThat(written).hasSizeGreaterThan(5);
      assertThat(classes(BenchPart.peers(true))).isEqualTo(written);
      assertThat(classes(BenchPart.peers(false))).isEqualTo(written);
    }
  }

  @Test
  void eachLengthFitsIntoItsTime() {
    assertThat(BenchPart.quick().stream().mapToInt(BenchPart::seconds).sum()).isLessThan(170);
    assertThat(BenchPart.full().stream().mapToInt(BenchPart::seconds).sum())
        .isBetween(15 * 60, 40 * 60);
  }

  @Test
  void thePeakIsFirstWhateverIsChosen() {
    List<BenchPart> chosen = BenchPart.only(BenchPart.full(), Pattern.compile("CastBench"));
    assertThat(chosen.getFirst().include()).isEqualTo("PeakBenchmark");
    assertThat(chosen).hasSize(4);
    assertThat(BenchPart.only(BenchPart.full(), Pattern.compile("nothing"))).isEmpty();
  }

  @Test
  void allModesOfACastAreMeasuredInShort() {
    BenchPart modes = BenchPart.full().stream()
        .filter(part -> part.parameters().getOrDefault("source", "").equals("s16"))
        .findFirst().orElseThrow();
    assertThat(modes.parameters()).doesNotContainKeys("quantization", "overflow");
    assertThat(modes.arguments()).startsWith("[.]CastBenchmark[.]cast$")
        .contains("source=s16", "-r", "100ms");
  }
}
