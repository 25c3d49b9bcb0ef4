package io.fixlane.cli.conform;

import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.conformance.ConformanceReport;
import io.fixlane.conformance.ConformanceSuite;
import io.fixlane.conformance.Implementation;
import io.fixlane.conformance.ImplementationException;
import io.fixlane.conformance.VectorFileException;
import io.fixlane.conformance.VectorSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code fixlane conform}: vector files against an implementation. */
@Command(
    name = "conform",
    mixinStandardHelpOptions = true,
    description = "Checks arithmetic against vector files: words that real ap_fixed computed, "
        + "or a C simulation's dump.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every value that was computed matches",
      "1:a value differs",
      "2:the command line is wrong, or a file cannot be checked to its end"})
public final class ConformCommand implements Callable<Integer> {
  private static final int MATCH = 0;
  private static final int MISMATCH = 1;
  private static final int FAILURE = 2;

  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "Vector files, plain or gzip; - is standard input. Without any, the bundled "
          + "vectors.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--implementation",
      paramLabel = "NAME",
      defaultValue = "reference",
      completionCandidates = Implementations.class,
      description = "What is checked: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String implementation;

  @Option(
      names = "--max-mismatches",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many mismatches are shown in full (default: ${DEFAULT-VALUE}).")
  private int maxMismatches;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes counts and mismatches to a JSON file too.")
  private @Nullable Path json;

  @Override
  public Integer call() {
    if (maxMismatches < 0) {
      throw new UserError("--max-mismatches is " + maxMismatches + ": it must be at least 0");
    }
    OutputFile jsonFile = json == null ? null : new OutputFile("--json", json);
    if (jsonFile != null) {
      requireOthers(jsonFile);
    }
    Implementation checked = Implementations.named(implementation);
    List<ConformOutcome> outcomes = run(checked, sources());
    show(outcomes);
    if (jsonFile != null) {
      jsonFile.write(ConformJson.of(checked.name(), outcomes));
    }
    return exitCode(outcomes);
  }

  private void requireOthers(OutputFile jsonFile) {
    for (String name : files) {
      try {
        jsonFile.requireOther("FILE", Path.of(name));
      } catch (InvalidPathException e) {
        // It is told with the outcome of the other files.
      }
    }
  }

  private List<Source> sources() {
    return files.isEmpty()
        ? VectorSource.bundled().stream().map(Source::of).toList()
        : files.stream().map(Source::named).toList();
  }

  /**
   * A file that was asked for.
   *
   * @param opened where it is read from, or null where it cannot be
   * @param failed why not
   */
  private record Source(@Nullable VectorSource opened, @Nullable ConformOutcome failed) {
    static Source of(VectorSource source) {
      return new Source(source, null);
    }

    static Source named(String name) {
      if (name.equals("-")) {
        return of(VectorSource.of("standard input", System.in));
      }
      try {
        return of(VectorSource.of(Path.of(name)));
      } catch (VectorFileException e) {
        return new Source(null, ConformOutcome.failed(name, e.getMessage()));
      } catch (InvalidPathException e) {
        return new Source(null,
            ConformOutcome.failed(name, name + ": is no path: " + e.getReason()));
      }
    }
  }

  private List<ConformOutcome> run(Implementation checked, List<Source> sources) {
    List<VectorSource> readable =
        sources.stream().map(Source::opened).filter(s -> s != null).toList();
    List<ConformOutcome> outcomes = new ArrayList<>();
    int left = maxMismatches;
    try (ConformProgress progress = ConformProgress.of(readable)) {
      for (Source source : sources) {
        ConformOutcome outcome = source.opened() == null
            ? source.failed()
            : run(new ConformanceSuite(checked, left, progress), source.opened());
        outcomes.add(outcome);
        left -= outcome.report().mismatches().size();
      }
    }
    return outcomes;
  }

  private static ConformOutcome run(ConformanceSuite suite, VectorSource source) {
    try {
      return new ConformOutcome(suite.run(source), null);
    } catch (IOException | ImplementationException e) {
      return ConformOutcome.failed(source.name(), e.getMessage());
    }
  }

  private void show(List<ConformOutcome> outcomes) {
    PrintWriter out = spec.commandLine().getOut();
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    List<ConformanceReport> reports =
        outcomes.stream().filter(o -> o.error() == null).map(ConformOutcome::report).toList();
    if (!reports.isEmpty()) {
      new ConformTable(out, ansi).print(reports);
      new MismatchText(out, ansi).print(reports);
    }
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    outcomes.stream().map(ConformOutcome::error).filter(e -> e != null)
        .forEach(error -> err.println("fixlane: " + error));
    err.flush();
  }

  private static int exitCode(List<ConformOutcome> outcomes) {
    if (outcomes.stream().anyMatch(outcome -> outcome.error() != null)) {
      return FAILURE;
    }
    boolean differs = outcomes.stream().anyMatch(o -> o.report().total().mismatches() > 0);
    return differs ? MISMATCH : MATCH;
  }
}
