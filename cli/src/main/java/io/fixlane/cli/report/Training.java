package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.BarChart;
import io.fixlane.cli.page.Section;
import java.util.List;

/** What training costs. */
final class Training {
  private Training() {}

  static void add(Section section, Results results) {
    List<BenchResult> steps = results.of("TrainingStepBenchmark");
    String command = Results.command("TrainingStepBenchmark");
    section.paragraph("A step of a small convolutional network on 64 images of 28 x 28 pixels, "
        + "forward, back and the optimizer, in float and in its fixed-point twin of 8 bits.");
    if (steps.isEmpty()) {
      section.missing("No training step has been measured.", command);
    } else {
      BarChart chart = new BarChart("threads", "ms a step");
      steps.forEach(step -> chart.bar(step.parameter("threads"),
          Results.words(step.parameter("arithmetic")), step.score(), step.error()));
      section.figure("Milliseconds of a step; less is better.", chart, command);
    }
    List<BenchResult> casts = results.of("CastGradientBenchmark");
    if (!casts.isEmpty()) {
      BarChart chart = new BarChart("ap_fixed", "thousand millions of numbers a second");
      casts.forEach(cast -> chart.bar(cast.parameter("format").replace("ap_fixed", ""),
          Results.words(cast.method()
              .replaceAll("([A-Z])", "_$1")),
          cast.score(), cast.error()));
      section.figure("A trainable cast of floats, and the gradient that it masks.", chart,
          Results.command("CastGradientBenchmark"));
    }
  }
}
