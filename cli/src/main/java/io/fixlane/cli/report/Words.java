package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.BarChart;
import io.fixlane.cli.page.Section;
import java.util.ArrayList;
import java.util.List;

/** Casts, element-wise operations, K-hot products and pooling, in words a second. */
final class Words {
  private static final String UNIT = "Gwords/s";

  private Words() {}

  static void add(Section section, Results results) {
    section.paragraph("Operations that make one word at a time out of one or two. 4,096 words stay "
        + "in the first cache; of 1,048,576, the caches and the memory set the pace.");
    List<BenchResult> casts = new ArrayList<>(results.of("CastBenchmark").stream()
        .filter(result -> result.parameter("quantization").equals("AP_RND_CONV")
            && result.parameter("overflow").equals("AP_SAT"))
        .toList());
    casts.addAll(results.of("ElementwiseBenchmark"));
    String command = Results.command("CastBenchmark|Elementwise");
    if (casts.isEmpty()) {
      section.missing("No cast and no element-wise operation has been measured.", command);
    } else {
      BarChart chart = new BarChart("operation", UNIT);
      for (BenchResult result : casts) {
        chart.bar(operation(result), result.parameter("words") + " words", result.score(),
            result.error());
      }
      section.figure("Casts to 8 bits, rounding to even and saturating, and element-wise "
          + "operations.", chart, command);
    }
    pooling(section, results.of("Pool2dBenchmark"));
    hot(section, results.of("KHotBenchmark"));
  }

  private static String operation(BenchResult result) {
    if (result.type().equals("ElementwiseBenchmark")) {
      return Results.words(result.parameter("subject"));
    }
    return "cast " + result.parameter("source")
        + (result.method().equals("castCounting") ? ", counting" : "");
  }

  private static void pooling(Section section, List<BenchResult> pools) {
    if (pools.isEmpty()) {
      return;
    }
    BarChart chart = new BarChart("pooling", UNIT);
    pools.forEach(result -> chart.bar(
        result.method() + " " + Results.words(result.parameter("pooling")),
        result.parameter("layout"), result.score(), result.error()));
    section.figure("Pooling, by the words that it reads.", chart, Results.command("Pool2d"));
  }

  private static void hot(Section section, List<BenchResult> products) {
    if (products.isEmpty()) {
      return;
    }
    BarChart chart = new BarChart("words and K", UNIT);
    products.stream().filter(result -> result.parameter("words").equals("4096"))
        .forEach(result -> chart.bar(
            Results.words(result.parameter("subject")) + ", K = " + result.parameter("k"),
            Results.words(result.parameter("kernel")), result.score(), result.error()));
    section.figure("Products with K-hot weights, 4,096 at a time: multiplied, and shifted and "
        + "added as hardware does.", chart, Results.command("KHotBenchmark"));
  }
}
