package io.fixlane.cli.experiments;

import io.fixlane.autograd.models.Model;
import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.ArrayList;
import java.util.List;

/** What folded norms and a teacher are worth: accuracy over W, beside float. */
record FoldFigures(Results results) {
  /**
   * A line of the chart, which has as many as it has colours: what else was done is in the table.
   *
   * @param way which of {@link Grid#folds}
   * @param name what it is called
   */
  private record Line(int way, String name) {}

  private static final List<Line> LINES = List.of(
      new Line(0, "cast"), new Line(2, "trained"), new Line(4, "trained, folded"),
      new Line(5, "the same, I by channel"), new Line(6, "the same, a teacher"),
      new Line(7, "the same, scores of " + Scope.OTHERS + " bits"),
      new Line(8, "the same, addends of " + Scope.OTHERS + " bits"),
      new Line(9, "the same, input of " + Scope.OTHERS + " bits"));

  void addTo(Section section, String command) {
    Budget budget = results.budget();
    List<List<Row>> rows =
        budget.bits().stream().map(bits -> Grid.folds(budget, bits)).toList();
    if (rows.stream().flatMap(List::stream)
        .noneMatch(row -> row.has(Setting.FOLDED_NORMS) && results.accuracy(row).isPresent())) {
      section.missing("It was left out.", command);
      return;
    }
    Model model = budget.models().getFirst();
    section.paragraph(Row.name(model) + ", W bits in everything, biases alone have 16. Folded norms"
        + " are a part of the weights and the bias of the convolution before them: a sum is cast"
        + " once, where norms as they are cast it, their scale, their shift and their result. They"
        + " are folded as the shared epochs leave them, and learn at a third of the rate,"
        + " as no norm takes back what a step does to the size of a channel. The teacher is the"
        + " float network that a row starts from: what it says of an image, its softmax, is what"
        + " the row learns in the place of the label. Scores are the network's result: of 4 bits,"
        + " two classes often have the same. Addends are what"
        + " shortcuts add, where no ReLU comes before; no product takes these, or scores.");
    LineChart chart = new LineChart(Axis.whole("W, bits"), Axis.linear("accuracy, %"));
    results.accuracy(Row.inFloat(model, Method.FLOAT)).ifPresent(spread -> chart.bound("float",
        new LineChart.Point(budget.bits().getLast(), spread.mean()),
        new LineChart.Point(budget.bits().getFirst(), spread.mean())));
    Table table =
        new Table(2, "W", "method", "mean, %", "deviation", "least", "most", "seeds");
    for (Line line : LINES) {
      if (isAsBefore(line.way(), rows)) {
        continue;
      }
      List<LineChart.Point> points = new ArrayList<>();
      for (List<Row> ways : rows) {
        Row row = ways.get(line.way());
        results.accuracy(row).ifPresent(spread -> points.add(
            new LineChart.Point("", row.bits(), spread.mean(), spread.deviation())));
      }
      if (!points.isEmpty()) {
        chart.line(line.name(), points);
      }
    }
    for (Row row : rows.stream().flatMap(List::stream).distinct().toList()) {
      results.accuracy(row).ifPresent(spread -> table.row(
          Integer.toString(row.bits()), row.way(), Spread.number(spread.mean()),
          spread.deviationText(), Spread.number(spread.least()), Spread.number(spread.most()),
          Integer.toString(spread.count())));
    }
    section.figure("Accuracy over W, with deviations over seeds", chart, command);
    section.table("Test accuracy", table);
  }

  /** Returns whether a way has no rows of its own, as without shortcuts there are no addends. */
  private static boolean isAsBefore(int way, List<List<Row>> rows) {
    return way > 0
        && rows.stream().allMatch(ways -> ways.get(way).equals(ways.get(way - 1)));
  }
}
