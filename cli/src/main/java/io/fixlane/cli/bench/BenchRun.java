package io.fixlane.cli.bench;

import io.fixlane.cli.console.Child;
import io.fixlane.cli.console.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs benchmarks in a JVM of their own, by the jar that {@code java -jar} runs. */
final class BenchRun {
  private static final Pattern PROGRESS =
      Pattern.compile("# Run progress: ([0-9.]+)% complete.*");
  private static final String JMH_LOCK = "Unable to acquire the JMH lock";
  private static final String NAME = "# Benchmark: ";
  private static final String PARAMETERS = "# Parameters: ";
  private static final Pattern FAILURE = Pattern.compile("<failure>|<forked VM failed.*");
  private static final int LINES_OF_FAILURE = 12;

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
      Reader reader = new Reader(progress);
      boolean late = run(command(part, json), limit, reader);
      List<BenchResult> results =
          late || Files.size(json) == 0
              ? List.of()
              : BenchFile.of(Files.readAllBytes(json)).results();
      return new Outcome(results, reader.failures(), late);
    } catch (IOException e) {
      throw new UserError("cannot run " + part + ": " + e.getMessage(), e);
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
  private static boolean run(List<String> command, Duration limit, Reader reader)
      throws IOException {
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread end = new Thread(() -> destroy(child));
    Runtime.getRuntime().addShutdownHook(end);
    AtomicBoolean late = new AtomicBoolean();
    child.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(timeout -> {
      late.set(true);
      destroy(child);
      return child;
    });
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.accept(line);
      }
      int exitCode = child.waitFor();
      if (!late.get()) {
        reader.end(exitCode);
      }
      return late.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("the benchmarks were interrupted", e);
    } finally {
      destroy(child);
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  /** Reads what JMH prints: how far it is, and what fails. */
  private static final class Reader {
    private final DoubleConsumer progress;
    private final Deque<String> last = new ArrayDeque<>();
    private final List<List<String>> failures = new ArrayList<>();
    private String name = "";
    private String parameters = "";
    private @Nullable List<String> failing;

    Reader(DoubleConsumer progress) {
      this.progress = progress;
    }

    void accept(String line) {
      Matcher matcher = PROGRESS.matcher(line);
      if (matcher.matches()) {
        progress.accept(Double.parseDouble(matcher.group(1)) / 100);
      }
      if (line.startsWith(NAME)) {
        name = line.substring(NAME.length());
        parameters = "";
      } else if (line.startsWith(PARAMETERS)) {
        parameters = " " + line.substring(PARAMETERS.length());
      }
      readFailure(line);
      last.addLast(line);
      if (last.size() > LINES_OF_FAILURE) {
        last.removeFirst();
      }
    }

    private void readFailure(String line) {
      if (FAILURE.matcher(line).matches()) {
        failing = new ArrayList<>(List.of(name + parameters + " failed:"));
        failures.add(failing);
      } else if (line.startsWith("#")) {
        failing = null;
      } else if (failing != null && !line.isBlank() && failing.size() <= LINES_OF_FAILURE) {
        failing.add(line);
      }
    }

    /** Tells how the child ended. */
    void end(int exitCode) {
      if (last.stream().anyMatch(line -> line.contains(JMH_LOCK))) {
        throw new UserError("another run of JMH is measuring on this machine: let it end first, "
            + "for each would slow the other down");
      }
      if (exitCode != 0) {
        List<String> failure = new ArrayList<>(List.of("ended with exit code " + exitCode + ":"));
        failure.addAll(last);
        failures.add(failure);
      }
    }

    List<String> failures() {
      return failures.stream().map(lines -> String.join(System.lineSeparator(), lines)).toList();
    }
  }

  /** Ends the child, and the forks that JMH runs in it. */
  private static void destroy(Process child) {
    child.descendants().forEach(ProcessHandle::destroy);
    child.destroy();
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UserError("cannot delete " + file + ": " + e.getMessage(), e);
    }
  }
}
