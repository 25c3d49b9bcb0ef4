package io.fixlane.cli.experiments;

import io.fixlane.autograd.models.Model;
import io.fixlane.cli.page.Axis;
import io.fixlane.cli.page.Histogram;
import io.fixlane.cli.page.LineChart;
import io.fixlane.cli.page.Section;
import io.fixlane.cli.page.Table;
import io.fixlane.format.FixedFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What the learned I did over time, and where numbers lie in the ranges that they give. */
record CastFigures(Results results) {
  /** Which casts share a figure: more lines in one are not told apart. */
  private enum Group {
    WEIGHTS("weights", path -> path.endsWith("weightCast")),
    NORMS("scales and shifts", path -> path.endsWith("scaleCast") || path.endsWith("shiftCast")),
    ACTIVATIONS("inputs and outputs", path -> path.endsWith("outputCast")
        || path.equals("input"));

    private final String title;
    private final Predicate<String> holds;

    Group(String title, Predicate<String> holds) {
      this.title = title;
      this.holds = holds;
    }
  }

  void addTo(Section section) {
    List<Row> rows = new ArrayList<>();
    for (Model model : results.budget().models()) {
      rows.add(Row.fixed(model, Method.LEARNED, Scope.EVERYTHING, results.budget().fewest()));
    }
    List<TaskResult> shown =
        rows.stream().flatMap(row -> results.first(row).stream()).toList();
    String command = results.command();
    if (shown.isEmpty()) {
      section.missing("No network has learned I in everything.", command + " --only 2");
      return;
    }
    section.paragraph("Networks of the first seed with I learned in everything, at the fewest bits."
        + " I is a real number that is rounded where it is used; it is learned until the network"
        + " is settled. Ranges are in parts of 2^I / 2, so that a signed format reaches from -1 to"
        + " 1 and an unsigned one from 0 to 2; numbers beyond -2 and 2 count in the outermost"
        + " bins.");
    for (TaskResult task : shown) {
      addTo(section, task, command);
    }
  }

  private static void addTo(Section section, TaskResult task, String command) {
    String name = Row.name(task.row().model()) + ", W = " + task.row().bits();
    for (Group group : Group.values()) {
      LineChart chart = new LineChart(Axis.whole("epoch"), Axis.linear("I, bits"));
      List<TaskResult.Track> tracks = task.tracks().stream()
          .filter(track -> group.holds.test(track.cast())).toList();
      tracks.forEach(track -> chart.line(track.cast(), points(track)));
      if (!tracks.isEmpty()) {
        section.figure(name + ": the learned I of " + group.title, chart, command);
      }
    }
    Table table = new Table(2, "cast", "format in the end", "I at the start", "I in the end",
        "saturated, %");
    for (TaskResult.CastUse cast : task.casts()) {
      table.row(cast.cast(), cast.format(), Integer.toString(cast.startBits()),
          Integer.toString(FixedFormat.parse(cast.format()).integerBits()),
          String.format(Locale.ROOT, "%.3f", 100 * cast.saturated()));
    }
    section.table(name + ": each cast", table);
    for (Group group : Group.values()) {
      List<TaskResult.CastUse> casts = task.casts().stream()
          .filter(cast -> group.holds.test(cast.cast())).toList();
      if (group != Group.NORMS && !casts.isEmpty()) {
        Histogram histogram = new Histogram(
            "part of 2^I / 2", CastCounts.LOW, CastCounts.HIGH, CastCounts.BINS);
        casts.stream().limit(4).forEach(cast -> histogram.counts(cast.cast(),
            cast.histogram().stream().mapToLong(Long::longValue).toArray()));
        section.figure(name + ": where " + group.title + " lie in their ranges", histogram,
            command);
      }
    }
  }

  private static List<LineChart.Point> points(TaskResult.Track track) {
    List<LineChart.Point> points = new ArrayList<>();
    for (int i = 0; i < track.epochs().size(); i++) {
      points.add(new LineChart.Point(track.epochs().get(i), track.integerBits().get(i)));
    }
    return points;
  }
}
