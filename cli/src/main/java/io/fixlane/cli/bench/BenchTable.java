package io.fixlane.cli.bench;

import io.fixlane.cli.console.TextTable;
import io.fixlane.cli.page.Numbers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Results as a table, with what part of the peak of their unit they reach. */
final class BenchTable {
  private BenchTable() {}

  static void print(PrintWriter out, List<BenchResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("benchmark", "parameters", "unit", "score", "error", "of peak"));
    for (BenchResult result : results) {
      rows.add(List.of(result.name(), result.parameterText(), result.unit(),
          Numbers.measured(result.score()),
          Double.isNaN(result.error()) ? "?" : "+- " + Numbers.measured(result.error()),
          ratio(result, results)));
    }
    TextTable table = new TextTable(3, rows);
    for (int row = 0; row < rows.size(); row++) {
      out.println(table.line(row));
    }
  }

  /** Returns a result through that of f32, or of popcount for products of signs, in this run. */
  private static String ratio(BenchResult result, List<BenchResult> results) {
    if (!result.unit().equals("GMAC/s") || result.name().startsWith("PeakBenchmark.")) {
      return "";
    }
    String unit = result.name().startsWith("BinaryGemm") ? "popcount" : "f32";
    Optional<BenchResult> peak = results.stream()
        .filter(r -> r.name().equals("PeakBenchmark." + unit)).findFirst();
    return peak.map(p -> String.format(Locale.ROOT, "%.2f of %s", result.score() / p.score(), unit))
        .orElse("");
  }
}
