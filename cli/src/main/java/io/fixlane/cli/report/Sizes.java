package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.LineChart.Point;
import io.fixlane.cli.page.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Products of square matrices over their size, for each count of threads. */
final class Sizes {
  private static final String COMMAND = Results.command("ScalingBenchmark");

  private Sizes() {}

  static void add(Section section, Results results) {
    section.paragraph("A product of two square matrices of words of 8 bits, by the rows, columns "
        + "and inputs that they have.");
    Map<String, List<BenchResult>> threads = results.of("ScalingBenchmark").stream()
        .sorted(Results.bySize("size"))
        .collect(Collectors.groupingBy(result -> result.parameter("threads"), TreeMap::new,
            Collectors.toList()));
    if (threads.isEmpty()) {
      section.missing("No sizes have been measured.", COMMAND);
      return;
    }
    LineChart chart = new LineChart(Axis.log2("rows, columns and inputs"),
        Axis.fromZero("GMAC/s"));
    threads
        .forEach((count, line) -> chart.line(count + (count.equals("1") ? " thread" : " threads"),
            line.stream().map(result -> new Point("", result.count("size"),
                result.score(), result.error())).toList()));
    section.figure("From what size on a product is fast.", chart, COMMAND);
  }
}
