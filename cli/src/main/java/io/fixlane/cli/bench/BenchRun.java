package io.fixlane.cli.bench;

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

/** Runs benchmarks in a JVM of their own, by the jar that {@code java -jar} runs. */
final class BenchRun {
  private static final Pattern PROGRESS =
      Pattern.compile("# Run progress: ([0-9.]+)% complete.*");
  private static final String JMH_LOCK = "Unable to acquire the JMH lock";
  private static final int LINES_OF_FAILURE = 12;

  private final Path jar;
  private final List<String> settings;

  /**
   * Makes the run.
   *
   * @param jar JMH's jar
   * @param settings JMH's arguments for all benchmarks
   */
  BenchRun(Path jar, List<String> settings) {
    this.jar = jar;
    this.settings = settings;
  }

  /**
   * Measures a part; returns nothing where the time is over before it ends.
   *
   * @param limit the time that there is
   * @param progress is told what is done of it, from 0 to 1
   * @throws UserError if the child fails
   */
  List<BenchResult> measure(BenchPart part, Duration limit, DoubleConsumer progress) {
    Path json = null;
    try {
      json = Files.createTempFile("fixlane-bench", ".json");
      return run(command(part, json), limit, progress)
          ? BenchResult.read(Files.readAllBytes(json))
          : List.of();
    } catch (IOException e) {
      throw new UserError("cannot run " + part + ": " + e.getMessage(), e);
    } finally {
      delete(json);
    }
  }

  private List<String> command(BenchPart part, Path json) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(part.arguments());
    command.addAll(settings);
    command.addAll(List.of("-foe", "true", "-rf", "json", "-rff", json.toString()));
    return command;
  }

  /** Runs a child; returns whether it ended in time. */
  private static boolean run(List<String> command, Duration limit, DoubleConsumer progress)
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
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = PROGRESS.matcher(line);
        if (matcher.matches()) {
          progress.accept(Double.parseDouble(matcher.group(1)) / 100);
        }
        last.addLast(line);
        if (last.size() > LINES_OF_FAILURE) {
          last.removeFirst();
        }
      }
      int exitCode = child.waitFor();
      if (exitCode != 0 && !late.get()) {
        if (last.stream().anyMatch(line -> line.contains(JMH_LOCK))) {
          throw new UserError("another run of JMH is measuring on this machine: let it end first, "
              + "for each would slow the other down");
        }
        throw new UserError("the benchmarks ended with exit code " + exitCode + ":"
            + System.lineSeparator() + String.join(System.lineSeparator(), last));
      }
      return !late.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("the benchmarks were interrupted", e);
    } finally {
      destroy(child);
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  /** Ends the child, and the forks that JMH runs in it. */
  private static void destroy(Process child) {
    child.descendants().forEach(ProcessHandle::destroy);
    child.destroy();
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UserError("cannot delete " + file + ": " + e.getMessage(), e);
    }
  }
}
