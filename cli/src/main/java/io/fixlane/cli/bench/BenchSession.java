package io.fixlane.cli.bench;

import io.fixlane.cli.console.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Parts measured one after the other: what one fails to give takes nothing from the others. */
final class BenchSession {
  private final BenchRun run;
  private final Machine machine;
  private final List<BenchResult> results = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<BenchPart> left = new ArrayList<>();
  private String warning = "";

  BenchSession(BenchRun run, Machine machine) {
    this.run = run;
    this.machine = machine;
  }

  /** Measures parts until the time is over, and keeps the results of each as it ends. */
  void measure(List<BenchPart> parts, Duration limit) {
    Instant began = Instant.now();
    try (BenchProgress progress = BenchProgress.of(parts)) {
      for (BenchPart part : parts) {
        Duration rest = limit.minus(Duration.between(began, Instant.now()));
        progress.start(part);
        if (rest.isPositive()) {
          measure(part, rest, progress);
        } else {
          left.add(part);
        }
        progress.end(part);
      }
    } catch (UserError e) {
      // What stops all parts, such as another run of JMH.
      failures.add(e.getMessage());
    }
  }

  private void measure(BenchPart part, Duration rest, BenchProgress progress) {
    BenchRun.Outcome outcome = run.measure(part, rest, progress);
    outcome.failures().forEach(failure -> failures.add(part + ": " + failure));
    if (outcome.late()) {
      left.add(part);
    }
    if (!outcome.results().isEmpty()) {
      results.addAll(outcome.results());
      keep(outcome.results());
    }
  }

  private void keep(List<BenchResult> some) {
    try {
      LatestResults.keep(file(some));
    } catch (UserError e) {
      warning = e.getMessage();
    }
  }

  /** Returns why results could not be kept; nothing where they were. */
  String warning() {
    return warning;
  }

  /** Returns what was measured. */
  List<BenchResult> results() {
    return results;
  }

  /** Returns what failed, a text for each. */
  List<String> failures() {
    return failures;
  }

  /** Returns the parts that the time was too short for. */
  List<BenchPart> left() {
    return left;
  }

  /** Returns all that was measured, with the machine and the date. */
  BenchFile file() {
    return file(results);
  }

  private BenchFile file(List<BenchResult> some) {
    return new BenchFile(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), machine, some);
  }
}
