package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.BarChart;
import io.fixlane.cli.page.Numbers;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What it takes to build a plan, and to have it run fast. */
final class PlanCosts {
  private static final String COMMAND = Results.command("PlanBenchmark");
  private static final Map<String, String> TIMES = times();

  private PlanCosts() {}

  private static Map<String, String> times() {
    Map<String, String> times = new LinkedHashMap<>();
    times.put("firstRun", "first plan built and run");
    times.put("firstFastRun", "first fast run");
    return times;
  }

  static void add(Section section, Results results) {
    section.paragraph("A plan validates, packs its weights and chooses a kernel once, so that runs "
        + "do not. In a warm JVM it is quickly built again. The first plan of a new JVM also loads "
        + "and compiles: its first runs are interpreted, and the last column tells when a run is "
        + "as fast as it stays, within a quarter.");
    Map<String, List<BenchResult>> subjects = results.of("PlanBenchmark").stream()
        .collect(Collectors.groupingBy(result -> Results.words(result.parameter("subject")),
            LinkedHashMap::new, Collectors.toList()));
    if (subjects.isEmpty()) {
      section.missing("No plan has been measured.", COMMAND);
      return;
    }
    BarChart chart = new BarChart("layer", "ms");
    Table table = new Table(1, "layer, times in ms", "built again", "first plan built and run",
        "first fast run");
    subjects.forEach((subject, costs) -> {
      Map<String, BenchResult> byMethod = costs.stream()
          .collect(Collectors.toMap(BenchResult::method, cost -> cost, (a, b) -> b));
      table.row(subject, text(byMethod, "build"), text(byMethod, "firstRun"),
          text(byMethod, "firstFastRun"));
      TIMES.forEach((method, name) -> {
        BenchResult cost = byMethod.get(method);
        if (cost != null) {
          chart.bar(subject, name, cost.score(), cost.error());
        }
      });
    });
    section.figure("Time from nothing to a plan that has run once, and to one that runs fast.",
        chart,
        COMMAND);
    section.table("The same, side by side.", table);
  }

  private static String text(Map<String, BenchResult> costs, String method) {
    BenchResult cost = costs.get(method);
    return cost == null
        ? ""
        : Numbers.measured(cost.score()) + " +- " + Numbers.measured(cost.error());
  }
}
