package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.bench.PeerRatio;
import io.fixlane.cli.bench.WrongWords;
import io.fixlane.cli.page.BarChart;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The same work by other libraries, in the same run. */
final class Peers {
  private static final String COMMAND = "fixlane bench --full --peers && fixlane report";
  private static final String LIBRARY = "library";
  private static final String OURS = "FIXLANE";

  private Peers() {}

  static void add(Section section, Results results) {
    section.paragraph("The same work by other libraries. Those that reach the processor's 8-bit "
        + "dot products (VNNI) have more to compute with: the Vector API has no way to these "
        + "instructions. On x86 processors without them, libraries may add the products of two "
        + "neighbours in 16 bits, where sums saturate: the words that are wrong are counted.");
    Map<String, List<BenchResult>> questions = results.all().stream()
        .filter(PeerRatio::isOfPeers)
        .collect(Collectors.groupingBy(Peers::question, LinkedHashMap::new, Collectors.toList()));
    if (questions.isEmpty()) {
      section.missing("No other library has been measured.", COMMAND);
      return;
    }
    questions.forEach((question, answers) -> add(section, question, answers));
  }

  private static void add(Section section, String question, List<BenchResult> answers) {
    BenchResult first = answers.getFirst();
    boolean anyWrong = answers.stream().anyMatch(answer -> answer.wrong() != null);
    BarChart chart = new BarChart(LIBRARY, first.unit());
    Table table = anyWrong
        ? new Table(1, LIBRARY, "ours is faster by", "words")
        : new Table(1, LIBRARY, "ours is faster by");
    boolean compared = false;
    for (BenchResult answer : answers) {
      String library = Results.words(answer.parameter(LIBRARY));
      boolean ours = answer.parameter(LIBRARY).startsWith(OURS);
      WrongWords wrong = answer.wrong();
      // A library that is wrong is no measure: it has its mark in the table, and no bar.
      if (wrong == null) {
        chart.bar(library, ours ? "Fixlane" : "other libraries", answer.score(), answer.error());
      }
      String ratio = PeerRatio.of(answer, answers)
          .map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("");
      if (anyWrong && !ours) {
        table.row(library, ratio, wrong == null ? "exact" : wrong.toString());
      } else if (!ratio.isEmpty()) {
        table.row(library, ratio);
      }
      compared |= !ratio.isEmpty() || wrong != null;
    }
    if (answers.stream().anyMatch(answer -> answer.wrong() == null)) {
      section.figure(
          question + (first.throughput() ? "" : "; less is better") + ".", chart, COMMAND);
    }
    if (compared) {
      section.table((anyWrong ? question + ". " : "") + "How many times as fast as each library "
          + "Fixlane is on the same words; below 1, the library is faster."
          + (anyWrong ? " What gives wrong words has no bar." : ""), table);
    }
  }

  /** Returns what was asked of all libraries: the benchmark and all its other parameters. */
  private static String question(BenchResult result) {
    return result.type().replace("Peers", "") + result.parameters().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(LIBRARY))
        .map(entry -> ", " + entry.getKey() + " " + Results.words(entry.getValue()))
        .collect(Collectors.joining());
  }
}
