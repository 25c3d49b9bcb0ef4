package io.fixlane.cli.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.ChartTheme;

/** Bars, a group for each subject and a colour for each series, with their error bars. */
public final class BarChart implements Figure {
  private static final double GROUP_SHARE = 0.85;
  private static final int LETTERS_IN_A_ROW = 90;
  private static final int ROTATION = 35;

  private final String subject;
  private final String unit;
  private final List<Bar> bars = new ArrayList<>();

  private record Bar(String group, String series, double value, double error) {}

  /**
   * Makes a chart without bars.
   *
   * @param subject what the groups are, such as {@code layer}
   * @param unit what the bars measure
   */
  public BarChart(String subject, String unit) {
    this.subject = subject;
    this.unit = unit;
  }

  /**
   * Adds a bar. Groups and series stand in the order in which they are first named; a group may
   * lack a series.
   *
   * @param group what was measured
   * @param series by whom
   * @param value what came out
   * @param error half the length of the error bar; NaN for none
   */
  public BarChart bar(String group, String series, double value, double error) {
    bars.add(new Bar(group, series, value, error));
    return this;
  }

  @Override
  public Table numbers() {
    Table table = new Table(2, subject, "series", unit, "error");
    bars.forEach(bar -> table.row(bar.group(), bar.series(), Numbers.measured(bar.value()),
        "+- " + Numbers.measured(bar.error())));
    return table;
  }

  @Override
  public String drawing(String id, String name) {
    Set<String> groups = new LinkedHashSet<>();
    Set<String> series = new LinkedHashSet<>();
    bars.forEach(bar -> groups.add(bar.group()));
    bars.forEach(bar -> series.add(bar.series()));
    CategoryChart chart = new CategoryChart(Drawing.WIDTH, Drawing.HEIGHT, ChartTheme.XChart);
    CategoryStyler styler = chart.getStyler();
    Drawing.style(styler, series.size());
    styler.setAvailableSpaceFill(GROUP_SHARE);
    styler.setPlotGridVerticalLinesVisible(false);
    int letters = groups.stream().mapToInt(group -> group.length() + 2).sum();
    styler.setXAxisLabelRotation(letters > LETTERS_IN_A_ROW ? ROTATION : 0);
    chart.setXAxisTitle(subject);
    chart.setYAxisTitle(unit);
    chart.setCustomYAxisTickLabelsFormatter(Numbers::plain);
    for (String one : series) {
      List<@Nullable Double> values = new ArrayList<>();
      List<@Nullable Double> errors = new ArrayList<>();
      for (String group : groups) {
        Bar bar = find(group, one);
        values.add(bar == null ? null : Double.valueOf(bar.value()));
        errors.add(bar == null || !(bar.error() > 0) ? null : Double.valueOf(bar.error()));
      }
      chart.addSeries(one, List.copyOf(groups), values, errors);
    }
    return Svg.of(chart, id, name);
  }

  private @Nullable Bar find(String group, String series) {
    return bars.stream()
        .filter(bar -> bar.group().equals(group) && bar.series().equals(series))
        .findFirst().orElse(null);
  }
}
