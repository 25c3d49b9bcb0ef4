package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.BarChart;
import io.fixlane.cli.page.Numbers;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Matrix products and convolutions against the peak of the core. */
final class Layers {
  private static final String COMMAND = Results.command("GemmBenchmark|ConvBenchmark");

  private Layers() {}

  static void add(Section section, Results results) {
    section.paragraph("Products of matrices and convolutions, with bias, relu and the cast of "
        + "every sum to 8 bits. Names give the formats and m x k x n, one number where all three "
        + "are the same; of a convolution, the channels and the sides of the image.");
    List<BenchResult> layers = new ArrayList<>(results.of("GemmBenchmark"));
    layers.addAll(results.of("ConvBenchmark"));
    if (layers.isEmpty()) {
      section.missing("No layer has been measured.", COMMAND);
      return;
    }
    BarChart chart = new BarChart("layer", "GMAC/s");
    Table table = new Table(1, "layer", "GMAC/s", "error", "of f32 peak", "MAC on a byte");
    Optional<Double> peak = results.score("PeakBenchmark.f32");
    for (BenchResult layer : layers) {
      boolean conv = layer.type().equals("ConvBenchmark");
      String name = Results.words(layer.parameter("subject"));
      chart.bar((conv ? "conv " : "") + name, conv ? "convolution" : "matrix product",
          layer.score(), layer.error());
      table.row((conv ? "convolution, " : "matrix product, ") + name,
          Numbers.measured(layer.score()), "+- " + Numbers.measured(layer.error()),
          peak.map(p -> String.format(Locale.ROOT, "%.2f", layer.score() / p)).orElse(""),
          Numbers.measured(layer.intensity()));
    }
    section.figure("Multiply-adds a second.", chart, COMMAND);
    section.table("The same, against the f32 multiply-adds that one core does at most. A layer "
        + "passes 1 on two threads, or in a unit with more lanes than f32.", table);
  }
}
