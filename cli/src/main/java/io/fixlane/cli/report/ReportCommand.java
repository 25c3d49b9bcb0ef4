package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchFile;
import io.fixlane.cli.bench.LatestResults;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.page.Drawing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane report}: a page of what the benchmarks measured. */
@Command(
    name = "report",
    description = "Writes a page of what `fixlane bench` measured: one HTML file that loads "
        + "nothing.",
    footer = {
      "",
      "Without files, the newest result of each benchmark is shown. Every bench keeps",
      "it: in the folder fixlane of XDG_STATE_HOME (~/.local/state), of",
      "~/Library/Application Support, or of LOCALAPPDATA.",
      "",
      "Example:",
      "  fixlane bench --full && fixlane report --out report.html"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the page is written", "2:the command line is wrong, or a file"})
public final class ReportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "JSON",
      description = "Files of `fixlane bench --json`, or of JMH; of a benchmark that is in "
          + "several, the last counts.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "The page (default: ${DEFAULT-VALUE}).")
  private Path out;

  /**
   * Writes the page.
   *
   * @return the exit code
   * @throws UserError if a file cannot be read or written, or there are no results
   */
  @Override
  public Integer call() {
    OutputFile page = new OutputFile("--out", out);
    files.forEach(file -> page.requireOther("JSON", file));
    Drawing.prepare();
    Results results = new Results(read());
    page.write(BenchReport.of(results).bytes());
    spec.commandLine().getOut().println("wrote " + results.all().size() + " results to " + out);
    return 0;
  }

  private BenchFile read() {
    if (files.isEmpty() && !Files.exists(LatestResults.file())) {
      throw new UserError("there are no results yet: fixlane bench --full measures them");
    }
    List<Path> read = files.isEmpty() ? List.of(LatestResults.file()) : files;
    BenchFile merged = BenchFile.read("JSON", read.getFirst());
    for (Path file : read.subList(1, read.size())) {
      BenchFile next = BenchFile.read("JSON", file);
      if (merged.machine() != null && next.machine() != null
          && !merged.machine().equals(next.machine())) {
        throw new UserError("JSON is " + file + ": it was measured by " + next.machine()
            + ", and what stands before it by " + merged.machine());
      }
      merged = merged.with(next);
    }
    if (merged.results().isEmpty()) {
      throw new UserError("JSON is " + read.getFirst() + ": there are no results");
    }
    return merged;
  }
}
