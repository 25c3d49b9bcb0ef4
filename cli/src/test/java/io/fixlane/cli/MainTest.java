package io.fixlane.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.bench.FakeJar;
import io.fixlane.cli.console.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: its streams, and how it ends. */
class MainTest {
  private static final String[] EXPLAIN = {"explain", "--gemm", "ap_fixed<8,3>", "ap_fixed<8,1>",
    "--k", "16", "--out", "ap_fixed<8,3>"};

  @TempDir
  private Path folder;

  /** The program, in a JVM that takes a while to end. */
  public static final class SlowToEnd {
    private SlowToEnd() {}

    /** Runs it. */
    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> {
        try {
          Thread.sleep(Duration.ofMillis(500));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }));
      Main.main(args);
    }
  }

  private static List<String> command(List<String> jvm, Class<?> main, String... args) {
    List<String> command = new ArrayList<>(List.of(Child.java()));
    command.addAll(jvm);
    command.addAll(List.of("-cp", ClassPath.ofTests(), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err")).replace(System.lineSeparator(), "\n");
  }

  private static String out(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAnError() throws Exception {
    for (String[] args : new String[][] {{"modes"}, {"--help"}, EXPLAIN}) {
      Process process = new ProcessBuilder(command(List.of(), Main.class, args))
          .redirectOutput(Path.of("/dev/full").toFile())
          .redirectError(folder.resolve("err").toFile()).start();
      assertThat(process.waitFor()).isEqualTo(2);
      assertThat(err())
          .endsWith("fixlane: standard output cannot be written: No space left on device\n");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "sh makes the pipe")
  void aReaderThatEndsIsNone() throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "{ \"$@\"; echo $? >&2; } | :",
        "sh"));
    command.addAll(command(List.of(), Main.class, "modes"));
    assertThat(start(command).waitFor()).isZero();
    assertThat(err()).isEqualTo("0\n");
  }

  /** Only the JVM's own warning, which nothing turns off, stands before an answer. */
  @Test
  void answersAreAlone() throws Exception {
    List<String> vectors = List.of("--add-modules", "jdk.incubator.vector");
    Process quiet = start(command(vectors, Main.class, EXPLAIN));
    assertThat(out(quiet)).startsWith("gemm ");
    assertThat(quiet.waitFor()).isZero();
    assertThat(err()).isEqualTo("WARNING: Using incubator modules: jdk.incubator.vector\n");
    List<String> verbose = command(vectors, Main.class, EXPLAIN);
    verbose.add("--verbose");
    assertThat(out(start(verbose))).startsWith("gemm ");
    assertThat(err()).contains("fixlane: vectors of ");
    assertThat(out(start(command(List.of(), Main.class, EXPLAIN)))).startsWith("gemm ");
    assertThat(err()).startsWith("fixlane: scalar loops: for vectors, start the JVM with ")
        .hasLineCount(1);
  }

  /** The child that measures dies of it too, and the JVM that ends removes no hook. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kill sends the signal")
  void ctrlCWhileMeasuringIsNoBug() throws Exception {
    Path jar = FakeJar.write(folder.resolve("benchmarks.jar"));
    Process process = start(command(
        List.of("-Dfixlane.benchmarks=" + jar, "-Djava.io.tmpdir=" + folder,
            "-Dfixlane.results=" + folder.resolve("state")),
        SlowToEnd.class, "bench", "--full", "--only", "^CopyBenchmark"));
    for (int i = 0; i < 600 && !hasStarted(); i++) {
      Thread.sleep(50);
    }
    assertThat(hasStarted()).isTrue();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(err()).isEmpty();
    assertThat(out(process)).isEmpty();
  }

  private boolean hasStarted() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".started"));
    }
  }
}
