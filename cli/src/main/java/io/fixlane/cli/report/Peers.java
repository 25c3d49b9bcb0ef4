package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.BarChart;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The same work by other libraries, in the same run: results of classes whose names hold "Peers",
 * with a parameter that says who computed.
 */
final class Peers {
  private static final String COMMAND = "fixlane bench --peers && fixlane report";
  private static final List<String> WHO = List.of("library", "peer");
  private static final String OURS = "FIXLANE";

  private Peers() {}

  static void add(Section section, Results results) {
    section.paragraph("The same work by other libraries, one thread each. Those that reach the "
        + "processor's 8-bit dot products (VNNI) are faster on them: the Vector API has no way to "
        + "these instructions.");
    Map<String, List<BenchResult>> questions = results.all().stream()
        .filter(result -> result.type().contains("Peers") && !who(result).isEmpty())
        .collect(Collectors.groupingBy(result -> result.name() + ", " + rest(result),
            LinkedHashMap::new, Collectors.toList()));
    if (questions.isEmpty()) {
      section.missing("No other library has been measured.", COMMAND);
      return;
    }
    questions.forEach((question, answers) -> add(section, question, answers));
  }

  private static void add(Section section, String question, List<BenchResult> answers) {
    String unit = answers.getFirst().unit();
    BarChart chart = new BarChart("library", unit);
    List<String> ratios = new ArrayList<>();
    Table table = new Table(1, "library", "ours is faster by");
    for (BenchResult answer : answers) {
      boolean ours = who(answer).startsWith(OURS);
      chart.bar(Results.words(who(answer)), ours ? "Fixlane" : "other libraries", answer.score(),
          answer.error());
      if (!ours) {
        ours(answer, answers).ifPresent(own -> {
          double ratio =
              answer.throughput() ? own.score() / answer.score() : answer.score() / own.score();
          ratios.add(who(answer));
          table.row(Results.words(who(answer)), String.format(Locale.ROOT, "%.2f", ratio));
        });
      }
    }
    section.figure(question, chart, COMMAND);
    if (!ratios.isEmpty()) {
      section.table("How many times as fast as each library Fixlane is, by what was measured of "
          + "the same words; below 1, the library is faster.", table);
    }
  }

  /** Returns our result on the same words: that whose name ends as the library's, or the only. */
  private static Optional<BenchResult> ours(BenchResult answer, List<BenchResult> answers) {
    String suffix = who(answer).substring(who(answer).lastIndexOf('_') + 1);
    List<BenchResult> own = answers.stream().filter(a -> who(a).startsWith(OURS)).toList();
    return own.size() == 1
        ? Optional.of(own.getFirst())
        : own.stream().filter(a -> who(a).endsWith("_" + suffix)).findFirst();
  }

  private static String who(BenchResult result) {
    return WHO.stream().map(result::parameter).filter(name -> !name.isEmpty()).findFirst()
        .orElse("");
  }

  private static String rest(BenchResult result) {
    return result.parameters().entrySet().stream().filter(entry -> !WHO.contains(entry.getKey()))
        .map(entry -> entry.getKey() + " " + Results.words(entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
