package io.fixlane.cli.experiments;

import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What there is to gain after a calibration: a small network with every choice of I about it. */
record PointFigures(Results results) {
  void addTo(Section section, String command) {
    List<Row> rows = Grid.everyPoint(results.budget()).stream()
        .filter(row -> results.accuracy(row).isPresent()).toList();
    if (rows.stream().noneMatch(row -> row.method() == Method.EVERY_POINT)) {
      section.missing("It was left out.", command);
      return;
    }
    section.paragraph(Row.name(rows.getFirst().model()) + ", W bits in "
        + Scope.EVERYTHING.title() + ". Each I of W bits is one less than calibrated, the same, or "
        + "one more: every such choice is trained with its I pinned, and the one with the least "
        + "loss on training images is the row.");
    Table table = new Table(2, "W", "method", "mean, %", "deviation", "least", "most", "seeds");
    for (Row row : rows) {
      Spread spread = results.accuracy(row).orElseThrow();
      table.row(row.bits() == 0 ? "-" : Integer.toString(row.bits()), row.way(),
          Spread.number(spread.mean()), spread.deviationText(),
          Spread.number(spread.least()), Spread.number(spread.most()),
          Integer.toString(spread.count()));
    }
    section.table("Test accuracy", table);
    section.figure("Accuracy of every choice of I, the best first, first seed; "
        + results.budget().curveImages() + " test images", chart(rows), command);
  }

  private LineChart chart(List<Row> rows) {
    LineChart chart = new LineChart(Axis.linear("choices"), Axis.linear("accuracy, %"));
    for (Row row : rows) {
      Optional<TaskResult> first = results.first(row);
      if (first.isEmpty() || row.bits() == 0) {
        continue;
      }
      String name = "W = " + row.bits() + ", ";
      if (row.method() == Method.EVERY_POINT) {
        chart.line(name + "every choice", sorted(first.get()));
      } else {
        double accuracy = 100 * first.get().epochs().getLast().accuracy();
        chart.bound(name + row.way(), new LineChart.Point(1, accuracy),
            new LineChart.Point(choices(row), accuracy));
      }
    }
    return chart;
  }

  /** Returns how many choices were tried at the W of a row, at least 2, to draw a line over. */
  private int choices(Row row) {
    Row all = Row.fixed(row.model(), Method.EVERY_POINT, row.scope(), row.bits());
    return results.first(all).map(result -> result.calibrations().size()).orElse(2);
  }

  private static List<LineChart.Point> sorted(TaskResult result) {
    double[] accuracies = result.calibrations().stream()
        .mapToDouble(choice -> -100 * choice.accuracy()).sorted().toArray();
    List<LineChart.Point> points = new ArrayList<>();
    for (int i = 0; i < accuracies.length; i++) {
      points.add(new LineChart.Point(i + 1, -accuracies[i]));
    }
    return points;
  }

  /** Returns what came out, a part of a sentence for each W. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    for (Row row : Grid.everyPoint(results.budget())) {
      Optional<Spread> best = results.accuracy(row);
      Row pinned = Row.fixed(row.model(), Method.PINNED, row.scope(), row.bits());
      Optional<Spread> calibrated = results.accuracy(pinned);
      if (row.method() == Method.EVERY_POINT && best.isPresent() && calibrated.isPresent()) {
        parts.add("at W = " + row.bits() + " the best of " + choices(row)
            + " choices on training images " + Summary.verdict(best.get(), calibrated.get())
            + " the calibrated one" + results
                .accuracy(Row.fixed(row.model(), Method.LEARNED, row.scope(), row.bits()))
                .map(learned -> ", and learned I " + Summary.verdict(learned, best.get()) + " it")
                .orElse(""));
      }
    }
    return parts;
  }
}
