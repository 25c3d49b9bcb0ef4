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
    section.paragraph("A step on 64 images, forward, back and the optimizer, in float and in the "
        + "fixed-point twin of 8 bits: of a small network, two convolutions of images of 28 x 28 "
        + "grey pixels, and of the residual network ResNet-8 on 32 x 32 pixels in colour.");
    if (steps.isEmpty()) {
      section.missing("No training step has been measured.", command);
    } else {
      BarChart chart = new BarChart("network, threads", "ms a step");
      steps.forEach(step -> chart.bar(
          Results.words(step.parameter("network")) + ", " + step.parameter("threads"),
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
