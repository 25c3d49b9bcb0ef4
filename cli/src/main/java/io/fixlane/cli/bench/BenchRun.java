package io.fixlane.cli.bench;

import io.fixlane.cli.console.Child;
import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.ShutdownHook;
import io.fixlane.cli.console.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Runs benchmarks in a JVM of their own, by the jar that {@code java -jar} runs. */
final class BenchRun {
  private final Path jar;

  /** Makes the run of JMH's jar. */
  BenchRun(Path jar) {
    this.jar = jar;
  }

  /**
   * What came of a part.
   *
   * @param results what was measured, which is all of the part unless some of it failed
   * @param failures what a benchmark that failed said, a text for each
   * @param late whether the time was over before the end
   */
  record Outcome(List<BenchResult> results, List<String> failures, boolean late) {}

  /**
   * Measures a part.
   *
   * @param limit the time that there is
   * @param progress is told what is done of it, from 0 to 1
   * @throws UserError if another run of JMH measures at the same time
   */
  Outcome measure(BenchPart part, Duration limit, DoubleConsumer progress) {
    Path json = null;
    try {
      json = Files.createTempFile("fixlane-bench", ".json");
      JmhOutput output = new JmhOutput(progress);
      boolean late = run(command(part, json), limit, output);
      List<BenchResult> results =
          late || Files.size(json) == 0
              ? List.of()
              : BenchFile.of(Files.readAllBytes(json)).results().stream().map(output::marked)
                  .toList();
      return new Outcome(results, output.failures(), late);
    } catch (IOException e) {
      throw new UserError("cannot run " + part + ": " + Failure.reason(e), e);
    } finally {
      delete(json);
    }
  }

  private List<String> command(BenchPart part, Path json) {
    List<String> command = new ArrayList<>(List.of(Child.java(), "-jar", jar.toString()));
    command.addAll(part.arguments());
    // What fails must not take with it what JMH has measured and is about to measure.
    command.addAll(List.of("-foe", "false", "-rf", "json", "-rff", json.toString()));
    return command;
  }

  /** Runs a child; returns whether the time was over before its end. */
  private static boolean run(List<String> command, Duration limit, JmhOutput output)
      throws IOException {
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    AtomicBoolean late = new AtomicBoolean();
    child.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(timeout -> {
      late.set(true);
      destroy(child);
      return child;
    });
    try (ShutdownHook _ = new ShutdownHook(() -> destroy(child));
        BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.accept(line);
      }
      int exitCode = child.waitFor();
      if (!late.get()) {
        output.end(exitCode);
      }
      return late.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("the benchmarks were interrupted", e);
    } finally {
      destroy(child);
    }
  }

  /**
   * Ends the child, and the forks that JMH runs in it. Its output stays open, as a thread may read
   * it: {@code Process.destroy} would close it.
   */
  private static void destroy(Process child) {
    child.descendants().forEach(ProcessHandle::destroy);
    child.toHandle().destroy();
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UserError("cannot delete " + file + ": " + Failure.reason(e), e);
    }
  }
}
