package io.fixlane.cli.experiments;

import io.fixlane.autograd.models.Model;
import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What learned widths are worth: accuracy over cost, beside one W everywhere. */
record WidthFigures(Results results) {
  private static final List<String> LINES =
      List.of("one W everywhere", "one W that comes down", "W learned",
          "W learned, by channel of weights");
  private static final double MILLION = 1e6;

  void addTo(Section section, String command) {
    List<Grid.AtCost> costs = Grid.widths(results.budget());
    if (costs.stream().flatMap(cost -> cost.rows().stream())
        .noneMatch(row -> results.accuracy(row).isPresent())) {
      section.missing("It was left out.", command);
      return;
    }
    Model model = costs.getFirst().uniform().model();
    section.paragraph(Row.name(model) + ", with I learned, in " + results.budget().widthEpochs()
        + " epochs after the shared ones. A product costs the bits of one factor times those of "
        + "the other, weights and scales alike. W is learned from "
        + results.budget().bits().getFirst() + " bits down, of each tensor, or of each channel of "
        + "the weights, where it may reach 0; from two thirds of the epochs on it is an integer, "
        + "and the cost that of one W everywhere, or less. I is settled then, with one W "
        + "everywhere too. One W that comes down begins as wide, and is a bit narrower after each "
        + "so many steps of the epochs in which others are learned.");
    LineChart chart =
        new LineChart(Axis.log2("millions of bits x bits"), Axis.linear("accuracy, %"));
    Table table = new Table(2, "cost as W =", "words", "millions of bits x bits", "mean, %",
        "deviation", "seeds");
    for (int line = 0; line < LINES.size(); line++) {
      List<LineChart.Point> points = new ArrayList<>();
      for (Grid.AtCost at : costs) {
        Row row = at.rows().get(line);
        int bits = at.uniform().bits();
        String name = LINES.get(line);
        results.accuracy(row).ifPresent(spread -> {
          double cost = cost(row);
          points.add(new LineChart.Point("", cost, spread.mean(), spread.deviation()));
          table.row(Integer.toString(bits), name, String.format(Locale.ROOT, "%.2f", cost),
              Spread.number(spread.mean()), spread.deviationText(),
              Integer.toString(spread.count()));
        });
      }
      if (!points.isEmpty()) {
        chart.line(LINES.get(line), points);
      }
    }
    section.figure("Accuracy over the cost of products, with deviations over seeds", chart,
        command);
    section.table("Test accuracy", table);
  }

  /** Returns the mean cost of the seeds of a row. */
  private double cost(Row row) {
    return results.of(row).stream()
        .mapToDouble(task -> Objects.requireNonNull(task.cost())).average().orElseThrow()
        / MILLION;
  }
}
