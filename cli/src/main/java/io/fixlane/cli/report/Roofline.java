package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.LineChart.Point;
import io.fixlane.cli.page.Numbers;
import io.fixlane.cli.page.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The roofline: what a kernel can reach is bounded by the unit that computes and by the bytes that
 * it must move. Williams, Waterman, Patterson: Roofline, CACM 52(4), 2009.
 */
final class Roofline {
  private static final double LEFT = 0.1;
  private static final String COMMAND =
      Results.command("Peak|GemmBenchmark|Conv|KHot|CastBenchmark|Elementwise|Pool");
  private static final Map<String, Predicate<BenchResult>> KERNELS = kernels();

  private Roofline() {}

  private static Map<String, Predicate<BenchResult>> kernels() {
    Map<String, Predicate<BenchResult>> kernels = new LinkedHashMap<>();
    kernels.put("matrix products", result -> result.type().equals("GemmBenchmark")
        && !result.parameter("subject").contains("THREADS"));
    kernels.put("convolutions", result -> result.type().equals("ConvBenchmark"));
    kernels.put("products of signs", result -> result.type().equals("BinaryGemmBenchmark")
        || result.name().equals("BinaryConvBenchmark.signs"));
    kernels.put("K-hot products", result -> result.type().startsWith("KHot"));
    kernels.put("casts", result -> result.name().equals("CastBenchmark.cast")
        && result.parameter("quantization").equals("AP_RND_CONV")
        && result.parameter("overflow").equals("AP_SAT"));
    kernels.put("element-wise", result -> result.type().equals("ElementwiseBenchmark"));
    kernels.put("pooling", result -> result.type().equals("Pool2dBenchmark"));
    return kernels;
  }

  static void add(Section section, Results results) {
    section.paragraph("Each kernel is a point: to the right, how many operations (multiply-adds, "
        + "or words made) it does on each byte that it must read or write; upwards, how many it "
        + "does in a second. The level lines are what one core computes in each unit when nothing "
        + "else holds it up, the slanted ones what it copies in each level of memory.");
    List<BenchResult> peaks = results.of("PeakBenchmark");
    List<BenchResult> copies = results.of("PeakCopyBenchmark");
    List<BenchResult> placed = results.all().stream()
        .filter(result -> Double.isFinite(result.intensity())
            && KERNELS.values().stream().anyMatch(kernel -> kernel.test(result)))
        .toList();
    if (peaks.isEmpty() || copies.isEmpty() || placed.isEmpty()) {
      section.missing("The peaks of this machine, or the kernels, have not been measured.",
          COMMAND);
      return;
    }
    section.figure("What one core reaches, under what it can reach.",
        chart(peaks, copies, placed), COMMAND);
  }

  private static LineChart chart(
      List<BenchResult> peaks, List<BenchResult> copies, List<BenchResult> placed) {
    LineChart chart = new LineChart(Axis.log10("operations on a byte"),
        Axis.log10("thousand millions of operations a second"));
    double top = max(peaks);
    double widest = max(copies);
    double right = Math.max(10 * top / widest,
        placed.stream().mapToDouble(BenchResult::intensity).max().orElseThrow());
    for (BenchResult peak : peaks) {
      chart.bound(peak.method() + ": " + Numbers.measured(peak.score()) + " GMAC/s",
          new Point(peak.score() / widest, peak.score()), new Point(right, peak.score()));
    }
    for (BenchResult copy : copies) {
      String level = Results.words(copy.parameter("level"));
      chart.bound((level.startsWith("l") ? level.toUpperCase(Locale.ROOT) : level) + ": "
          + Numbers.measured(copy.score()) + " GB/s",
          new Point(top / copy.score(), top), new Point(LEFT, LEFT * copy.score()));
    }
    KERNELS.forEach((name, kernel) -> {
      List<Point> points = new ArrayList<>();
      placed.stream().filter(kernel).forEach(result -> points.add(new Point(
          name(result), result.intensity(), result.score(), result.error())));
      if (!points.isEmpty()) {
        chart.points(name, points);
      }
    });
    return chart;
  }

  private static double max(List<BenchResult> results) {
    return results.stream().mapToDouble(BenchResult::score).max().orElseThrow();
  }

  private static String name(BenchResult result) {
    return result.method() + " " + result.parameterText();
  }
}
