package io.fixlane.cli.bench;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what JMH prints: how far it is, what fails, and which words of peers are wrong. */
final class JmhOutput {
  private static final Pattern PROGRESS =
      Pattern.compile("# Run progress: ([0-9.]+)% complete.*");
  private static final String JMH_LOCK = "Unable to acquire the JMH lock";
  private static final String NAME = "# Benchmark: ";
  private static final String PARAMETERS = "# Parameters: ";
  private static final Pattern PARAMETER = Pattern.compile("(\\w+) = ([^,)]*)");
  private static final Pattern FAILURE = Pattern.compile("<failure>|<forked VM failed.*");
  private static final Pattern TRACE = Pattern.compile("\\s+(at .+|\\.\\.\\. \\d+ more)");
  private static final int LINES_OF_FAILURE = 12;

  private final DoubleConsumer progress;
  private final Deque<String> last = new ArrayDeque<>();
  private final List<List<String>> failures = new ArrayList<>();
  private final Map<String, WrongWords> wrong = new HashMap<>();
  private String name = "";
  private String parameters = "";
  private @Nullable List<String> failing;

  JmhOutput(DoubleConsumer progress) {
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
      parameters = line.substring(PARAMETERS.length());
    }
    WrongWords.in(line).ifPresent(words -> wrong.put(key(), words));
    if (TRACE.matcher(line).matches() && !Failure.showsTraces()) {
      return;
    }
    readFailure(line);
    last.addLast(line);
    if (last.size() > LINES_OF_FAILURE) {
      last.removeFirst();
    }
  }

  private void readFailure(String line) {
    if (FAILURE.matcher(line).matches()) {
      failing = new ArrayList<>(List.of((name + " " + parameters).strip() + " failed:"));
      failures.add(failing);
    } else if (line.startsWith("#")) {
      failing = null;
    } else if (failing != null && !line.isBlank() && failing.size() <= LINES_OF_FAILURE) {
      failing.add(line);
    }
  }

  /** Returns the {@link BenchResult#key} of what runs. */
  private String key() {
    Map<String, String> values = new TreeMap<>();
    PARAMETER.matcher(parameters).results()
        .forEach(match -> values.put(match.group(1), match.group(2)));
    return BenchResult.key(BenchResult.name(name), values);
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

  /** Returns a result with what was told to be wrong of it. */
  BenchResult marked(BenchResult result) {
    WrongWords words = wrong.get(result.key());
    return words == null ? result : result.with(words);
  }

  /** Returns what failed, a text for each. */
  List<String> failures() {
    return failures.stream().map(lines -> String.join(System.lineSeparator(), lines)).toList();
  }
}
