package io.fixlane.cli.bench;

import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.page.Numbers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Results as a table, with what part of the peak of their unit they reach, how many times as fast
 * as each peer ours is, and which words of peers are wrong.
 */
final class BenchTable {
  private BenchTable() {}

  static void print(PrintWriter out, List<BenchResult> results) {
    List<List<String>> rows = new ArrayList<>();
    boolean peers = results.stream().anyMatch(PeerRatio::isOfPeers);
    List<String> head =
        List.of("benchmark", "parameters", "unit", "score", "error", "of peak");
    boolean wrong = results.stream().anyMatch(result -> result.wrong() != null);
    rows.add(with(with(head, peers, "ours is"), wrong, "words"));
    for (BenchResult result : results) {
      List<String> row = List.of(result.name(), result.parameterText(), result.unit(),
          Numbers.measured(result.score()),
          Double.isNaN(result.error()) ? "?" : "+- " + Numbers.measured(result.error()),
          ratio(result, results));
      rows.add(with(with(row, peers, ours(result, results)), wrong, words(result)));
    }
    TextTable table = new TextTable(3, rows);
    for (int row = 0; row < rows.size(); row++) {
      out.println(table.line(row));
    }
  }

  private static List<String> with(List<String> row, boolean further, String last) {
    return further ? Stream.concat(row.stream(), Stream.of(last)).toList() : row;
  }

  private static String words(BenchResult result) {
    WrongWords wrong = result.wrong();
    return wrong == null ? "" : wrong.toString();
  }

  private static String ours(BenchResult result, List<BenchResult> results) {
    return PeerRatio.of(result, results)
        .map(ratio -> String.format(Locale.ROOT, "%.2f x as fast", ratio)).orElse("");
  }

  /** Returns a result through the peak of what it can be computed by, in this run. */
  private static String ratio(BenchResult result, List<BenchResult> results) {
    if (!result.unit().equals("GMAC/s") || result.name().startsWith("Peak")) {
      return "";
    }
    return peaks(result).flatMap(name -> results.stream().filter(r -> r.name().equals(name)))
        .filter(peak -> peak.score() > 0).findFirst()
        .map(peak -> String.format(
            Locale.ROOT, "%.2f of %s", result.score() / peak.score(), peak.method()))
        .orElse("");
  }

  /** Returns the peaks that a result is compared with, the first that has been measured. */
  private static Stream<String> peaks(BenchResult result) {
    String subject = result.parameter("subject");
    if (result.name().startsWith("BinaryGemm")
        || result.name().equals("BinaryConvBenchmark.signs")) {
      return Stream.of("PeakBenchmark.popcount");
    }
    Stream<String> dots = subject.matches("(S8|U8)_[0-9].*")
        ? Stream.of("PeakDotBenchmark.tdpbusd", "PeakDotBenchmark.vpdpbusd",
            "PeakDotBenchmark.vpmaddwd")
        : subject.matches("(S4|TERNARY)_[0-9].*")
            ? Stream.of("PeakDotBenchmark.tdpbusd", "PeakDotBenchmark.vpdpbusd",
                "PeakDotBenchmark.vpmaddubsw")
            : subject.startsWith("S16_WRAP_")
                ? Stream.of("PeakDotBenchmark.vpdpwssd", "PeakDotBenchmark.vpmaddwd")
                : Stream.empty();
    return Stream.concat(dots, Stream.of("PeakBenchmark.f32"));
  }
}
