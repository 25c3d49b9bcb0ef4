package io.fixlane.cli.report;

import io.fixlane.cli.bench.BenchResult;
import io.fixlane.cli.page.Numbers;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.List;

/** How fast the reference is. */
final class ReferenceSpeed {
  private static final double MILLION = 1e3;

  private ReferenceSpeed() {}

  static void add(Section section, Results results) {
    section.paragraph("The reference says what every operation means, with numbers of any width, "
        + "one at a time. It is what results are compared with, and no competitor of the kernels.");
    List<BenchResult> speeds = results.of("ReferenceBenchmark");
    String command = Results.command("ReferenceBenchmark");
    if (speeds.isEmpty()) {
      section.missing("The reference has not been measured.", command);
      return;
    }
    Table table = new Table(2, "operation", "unit", "score", "error");
    for (BenchResult speed : speeds) {
      table.row(speed.method(), speed.unit().replaceFirst("^G", "M"),
          Numbers.measured(MILLION * speed.score()),
          "+- " + Numbers.measured(MILLION * speed.error()));
    }
    section.table("Casts of s16 to s8, products of s8 and a matrix product of 16 x 16 x 16 whose "
        + "sum is cast at every step.", table).command(command);
  }
}
