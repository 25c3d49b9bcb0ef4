package io.fixlane.cli.bench;

import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code fixlane bench}: how fast this machine is, and whether it was faster before. */
@Command(
    name = "bench",
    description = "Measures how fast the kernels are on this machine.",
    footer = {
      "",
      "An error is half the interval that holds the mean with 99.9 %% confidence, from the",
      "iterations of one JVM. Nothing else should run meanwhile: errors show it, and figures",
      "with large ones say little.",
      "",
      "Example:",
      "  fixlane bench --only gemm --json today.json --compare baseline.json"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and nothing is slower than the baseline",
      "1:something is slower than the baseline, beyond the error bars",
      "2:the command line is wrong, or a benchmark fails"})
public final class BenchCommand implements Callable<Integer> {
  /** The system property that names the jar of the benchmarks. */
  static final String JAR = "fixlane.benchmarks";

  private static final Duration QUICK = Duration.ofSeconds(170);
  private static final Duration FULL = Duration.ofDays(1);
  private static final List<String> QUICK_SETTINGS =
      List.of("-f", "1", "-wi", "4", "-w", "250ms", "-i", "5", "-r", "200ms");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

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
        description = "All benchmarks and all their parameters, which takes more than an hour.")
    private boolean full;
  }

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

  @Override
  public Integer call() {
    boolean full = length != null && length.full;
    List<BenchPart> parts = parts(full);
    Path jar = jar();
    OutputFile jsonFile = json == null ? null : new OutputFile("--json", json);
    List<BenchResult> before = baseline == null ? List.of() : read(baseline);
    PrintWriter out = spec.commandLine().getOut();
    List<BenchResult> results = new ArrayList<>();
    List<BenchPart> left =
        measure(new BenchRun(jar, full ? List.of() : QUICK_SETTINGS), parts, full ? FULL : QUICK,
            results);
    if (results.isEmpty()) {
      throw new UserError("no benchmark ended in " + QUICK.toSeconds()
          + " s: the machine is busy, or --full is needed");
    }
    BenchTable.print(out, results);
    if (!left.isEmpty()) {
      out.println("not measured, for the time was over: "
          + String.join(", ", left.stream().map(BenchPart::toString).toList()));
    }
    if (jsonFile != null) {
      jsonFile.write(json(results));
    }
    return baseline == null ? 0 : compare(out, results, before);
  }

  private List<BenchPart> parts(boolean full) {
    List<BenchPart> parts = full ? BenchPart.full() : BenchPart.quick();
    if (only == null) {
      return parts;
    }
    try {
      List<BenchPart> chosen =
          BenchPart.only(parts, Pattern.compile(only, Pattern.CASE_INSENSITIVE));
      if (chosen.isEmpty()) {
        throw new UserError("--only is '" + only + "': it finds none of "
            + String.join(", ", parts.stream().map(BenchPart::toString).toList()));
      }
      return chosen;
    } catch (PatternSyntaxException e) {
      throw new UserError("--only is '" + only + "': it is no regular expression: "
          + e.getDescription(), e);
    }
  }

  private static Path jar() {
    String jar = System.getProperty(JAR);
    if (jar == null || !Files.isRegularFile(Path.of(jar))) {
      throw new UserError("the benchmarks are not built"
          + (jar == null ? "" : ": there is no " + jar)
          + " (./fixlane bench builds them, as mvn package does; -D" + JAR + " names the jar)");
    }
    return Path.of(jar);
  }

  /** Measures parts until the time is over; returns those that are left. */
  private static List<BenchPart> measure(
      BenchRun run, List<BenchPart> parts, Duration limit, List<BenchResult> results) {
    Instant began = Instant.now();
    List<BenchPart> left = new ArrayList<>();
    try (BenchProgress progress = BenchProgress.of(parts)) {
      for (BenchPart part : parts) {
        Duration rest = limit.minus(Duration.between(began, Instant.now()));
        progress.start(part);
        List<BenchResult> measured =
            rest.isPositive() ? run.measure(part, rest, progress) : List.of();
        progress.end(part);
        results.addAll(measured);
        if (measured.isEmpty()) {
          left.add(part);
        }
      }
    }
    return left;
  }

  private static List<BenchResult> read(Path file) {
    try {
      return BenchResult.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserError("--compare is " + file + ": it cannot be read: " + e.getMessage(), e);
    } catch (UserError e) {
      throw new UserError("--compare is " + file + ": " + e.getMessage(), e);
    }
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

  private static byte[] json(List<BenchResult> results) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("date", Instant.now().toString());
    root.put("java", Runtime.version().toString());
    root.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    root.put("processors", Runtime.getRuntime().availableProcessors());
    ArrayNode array = root.putArray("results");
    results.forEach(result -> array.add(result.json()));
    return MAPPER.writeValueAsBytes(root);
  }
}
