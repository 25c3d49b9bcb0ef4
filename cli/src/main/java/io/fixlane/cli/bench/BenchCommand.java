package io.fixlane.cli.bench;

import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fixlane bench}: how fast this machine is, and whether it was faster before. */
@Command(
    name = "bench",
    description = "Measures how fast the kernels are on this machine.",
    footer = {
      "",
      "An error is half the interval that holds the mean with 99.9 %% confidence,",
      "from the iterations of one JVM. Nothing else should run meanwhile: errors show",
      "it, and figures with large ones say little.",
      "",
      "The newest result of each benchmark is kept for `fixlane report`, in the folder",
      "for such files: XDG_STATE_HOME (~/.local/state), ~/Library/Application Support",
      "or LOCALAPPDATA.",
      "",
      "Example:",
      "  fixlane bench --only gemm --json today.json --compare baseline.json",
      "  fixlane bench --peers --only gemm"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and nothing is slower than the baseline",
      "1:something is slower than the baseline, beyond the error bars",
      "2:the command line is wrong, or a benchmark fails: the others are measured all the same"})
public final class BenchCommand implements Callable<Integer> {
  /** The system property that names the jar of the benchmarks. */
  static final String JAR = "fixlane.benchmarks";

  /**
   * The system property that names the jar of the benchmarks of peers, which has the others too.
   */
  static final String PEERS_JAR = "fixlane.peers";

  private static final int FAILED = 2;
  private static final Duration QUICK = Duration.ofSeconds(170);
  private static final Duration FULL = Duration.ofMinutes(60);
  private static final Duration QUICK_PEERS = Duration.ofMinutes(6);
  private static final Duration FULL_PEERS = Duration.ofMinutes(30);

  @Spec
  private CommandSpec spec;

  @ArgGroup
  private @Nullable Length length;

  /** How much is measured. */
  static final class Length {
    @Option(
        names = "--quick",
        description = "A selection, with short iterations, within 3 minutes (the default).")
    private boolean quick;

    @Option(
        names = "--full",
        description = "All benchmarks, which takes about half an hour, and an hour at most.")
    private boolean full;
  }

  @Option(
      names = "--peers",
      description = "Other libraries too, at the same work, how many times as fast ours is, and "
          + "how many of their words are wrong: ONNX Runtime, oneDNN, libtorch, Lucene and plain "
          + "Java loops. Takes 3 minutes more, or a quarter of an hour with --full.")
  private boolean peers;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description = "Only what the regular expression finds in a benchmark's name, in any case; "
          + "and the peak that it is compared with.")
  private @Nullable String only;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the results to a JSON file too, with all that JMH says.")
  private @Nullable Path json;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Tells what is slower than in an earlier --json, beyond the error bars.")
  private @Nullable Path baseline;

  /**
   * Measures, and prints what came out.
   *
   * @return the exit code
   * @throws UserError if nothing can be measured
   */
  @Override
  public Integer call() {
    boolean full = length != null && length.full;
    List<BenchPart> parts = parts(full);
    Path jar = jar();
    OutputFile jsonFile = json == null ? null : new OutputFile("--json", json);
    if (jsonFile != null && baseline != null) {
      jsonFile.requireOther("--compare", baseline);
    }
    List<BenchResult> before =
        baseline == null ? List.of() : BenchFile.read("--compare", baseline).results();
    BenchSession session = new BenchSession(new BenchRun(jar), Machine.here(jar));
    session.measure(parts, limit(full));
    PrintWriter err = spec.commandLine().getErr();
    session.failures().forEach(failure -> err.println("fixlane: " + failure));
    if (!session.warning().isEmpty()) {
      err.println("fixlane: " + session.warning());
    }
    if (session.results().isEmpty()) {
      if (session.failures().isEmpty()) {
        throw new UserError("no benchmark ended in time: the machine is busy, or --full is needed");
      }
      return FAILED;
    }
    PrintWriter out = spec.commandLine().getOut();
    BenchTable.print(out, session.results());
    if (!session.left().isEmpty()) {
      out.println("not measured, for the time was over: "
          + String.join(", ", session.left().stream().map(BenchPart::toString).toList()));
    }
    if (jsonFile != null) {
      jsonFile.write(session.file().bytes());
    }
    int exitCode = baseline == null ? 0 : compare(out, session.results(), before);
    return session.failures().isEmpty() ? exitCode : FAILED;
  }

  private Duration limit(boolean full) {
    Duration alone = full ? FULL : QUICK;
    return peers ? alone.plus(full ? FULL_PEERS : QUICK_PEERS) : alone;
  }

  private List<BenchPart> parts(boolean full) {
    List<BenchPart> parts = new ArrayList<>(full ? BenchPart.full() : BenchPart.quick());
    if (peers) {
      parts.addAll(BenchPart.peers(full));
    }
    if (only == null) {
      return parts;
    }
    try {
      List<BenchPart> chosen =
          BenchPart.only(parts, Pattern.compile(only, Pattern.CASE_INSENSITIVE));
      if (chosen.isEmpty()) {
        throw new UserError("--only is '" + only + "': it finds none of "
            + String.join(", ", parts.stream().map(BenchPart::toString).distinct().toList())
            + (full ? "" : "; --full has more"));
      }
      return chosen;
    } catch (PatternSyntaxException e) {
      throw new UserError("--only is '" + only + "': it is no regular expression: "
          + e.getDescription(), e);
    }
  }

  private Path jar() {
    return peers
        ? jar(PEERS_JAR, "the benchmarks of peers are", "--peers", "-Ppeers ",
            "; without --peers ours are measured alone")
        : jar(JAR, "the benchmarks are", "", "", "");
  }

  private static Path jar(
      String property, String what, String option, String profile, String otherwise) {
    String jar = System.getProperty(property);
    if (jar == null || !Files.isRegularFile(Path.of(jar))) {
      throw new UserError(what + " not built" + (jar == null ? "" : ": there is no " + jar)
          + " (" + ("./fixlane bench " + option).strip() + " builds them, as mvn " + profile
          + "package does; -D" + property + " names the jar" + otherwise + ")");
    }
    return Path.of(jar);
  }

  private static int compare(
      PrintWriter out, List<BenchResult> results, List<BenchResult> before) {
    BenchComparison comparison = BenchComparison.of(results, before);
    comparison.slower().forEach(out::println);
    out.println(comparison.slower().size() + " of " + comparison.compared()
        + " benchmarks are slower than the baseline, beyond the error bars"
        + (comparison.missing() == 0
            ? ""
            : "; it lacks " + comparison.missing() + " of the others"));
    return comparison.slower().isEmpty() ? 0 : 1;
  }
}
