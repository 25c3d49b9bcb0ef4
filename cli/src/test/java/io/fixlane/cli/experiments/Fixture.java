package io.fixlane.cli.experiments;

import io.fixlane.autograd.models.Model;
import io.fixlane.format.FixedFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that nothing was trained for. */
final class Fixture {
  static final Budget BUDGET = Budget.quick("digits");

  private Fixture() {}

  static Row row(Model model, Method method, int bits) {
    return bits == 0
        ? Row.inFloat(model, method)
        : Row.fixed(model, method, Scope.EVERYTHING, bits);
  }

  static TaskResult result(Row row, int seed, double accuracy) {
    return result(row, seed, accuracy, new TaskResult.Words(297, 297));
  }

  static TaskResult result(
      Row row, int seed, double accuracy, TaskResult.@Nullable Words words) {
    CastCounts counts = new CastCounts(FixedFormat.parse("ap_fixed<4,1>"));
    counts.add(new float[] {-3, 0, 0.5f, 0.9375f, 3});
    return new TaskResult(
        row, seed, accuracy, 0.25,
        List.of(new TaskResult.Epoch(5, 0.5, 1.5, 0.75), new TaskResult.Epoch(6, 0.9, 0.5, 0.875)),
        List.of(new TaskResult.Track("conv1.weightCast", List.of(4.0, 4.5), List.of(1.0, 0.625))),
        List.of(new TaskResult.CastUse("conv1.weightCast", "ap_fixed<4,1,AP_RND_CONV,AP_SAT>", 1,
            counts.saturated(), counts.counts())),
        List.of(new TaskResult.Calibration(Start.MAXIMUM, null, 0.5, 0.25)),
        row.bits() == 0 ? null : 1e6 * row.bits() * row.bits(), words, null);
  }

  /** At W = 4 QFX is better by 10 points, at W = 8 worse by 5, each without any spread. */
  static Results results(TaskResult... more) {
    List<TaskResult> tasks = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      tasks.add(result(row(Model.CNN, Method.FLOAT, 0), seed, 0.9, null));
      tasks.add(result(row(Model.CNN, Method.PTQ, 4), seed, 0.6));
      tasks.add(result(row(Model.CNN, Method.PTQ_SETTLED, 4), seed, 0.7));
      tasks.add(result(row(Model.CNN, Method.PINNED, 4), seed, 0.795 + 0.01 * seed));
      tasks.add(result(row(Model.CNN, Method.LEARNED, 4), seed, 0.8));
      tasks.add(result(row(Model.CNN, Method.PTQ, 8), seed, 0.85));
      tasks.add(result(row(Model.CNN, Method.PINNED, 8), seed, 0.8));
      tasks.add(result(row(Model.CNN, Method.LEARNED, 8), seed, 0.8));
    }
    tasks.addAll(List.of(more));
    return new Results(
        "fixlane experiments --quick --data digits", "2026-11-23T18:00:00Z",
        new Results.Machine("Linux amd64", 2, "OpenJDK 25", 2), "digits: <1437> images", BUDGET, 2,
        1.5, List.of(new TwinResult("ap_fixed<8,3>", 8, 16, 0.5, 0.25, 0.125, 0.0625)), tasks);
  }
}
