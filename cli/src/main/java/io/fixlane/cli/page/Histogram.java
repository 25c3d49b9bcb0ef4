package io.fixlane.cli.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.ChartTheme;

/** How often numbers fall into each of some equal intervals. */
public final class Histogram implements Figure {
  private static final int LABELS = 9;

  private final String quantity;
  private final double low;
  private final double high;
  private final int bins;
  private final List<Series> series = new ArrayList<>();

  private record Series(String name, long[] counts) {}

  /**
   * Makes a histogram without series.
   *
   * @param quantity what the numbers are, with the unit
   * @param low the low end of the first interval
   * @param high the high end of the last interval, above low
   * @param bins how many intervals there are, at least 1
   */
  public Histogram(String quantity, double low, double high, int bins) {
    if (!(low < high) || bins < 1) {
      throw new IllegalArgumentException("low is " + low + ", high " + high + " and bins are "
          + bins + ": low must be below high, and there must be a bin");
    }
    this.quantity = quantity;
    this.low = low;
    this.high = high;
    this.bins = bins;
  }

  /** Adds numbers; those beyond the ends count in the first or the last interval. */
  public Histogram add(String name, double... values) {
    long[] counts = new long[bins];
    for (double value : values) {
      int bin = (int) Math.floor((value - low) / (high - low) * bins);
      counts[Math.clamp(bin, 0, bins - 1)]++;
    }
    return counts(name, counts);
  }

  /**
   * Adds numbers that are counted already.
   *
   * @throws IllegalArgumentException if there is not a count for each interval
   */
  public Histogram counts(String name, long... counts) {
    if (counts.length != bins) {
      throw new IllegalArgumentException(
          "counts are " + counts.length + ": there must be " + bins);
    }
    series.add(new Series(name, counts.clone()));
    return this;
  }

  @Override
  public Table numbers() {
    List<String> header = new ArrayList<>(List.of(quantity + " from", "to"));
    series.forEach(s -> header.add(s.name()));
    Table table = new Table(0, header.toArray(String[]::new));
    for (int bin = 0; bin < bins; bin++) {
      List<String> row = new ArrayList<>(
          List.of(Numbers.plain(edge(bin)), Numbers.plain(edge(bin + 1))));
      for (Series s : series) {
        row.add(Long.toString(s.counts()[bin]));
      }
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  @Override
  public String drawing(String id, String name) {
    CategoryChart chart = new CategoryChart(Drawing.WIDTH, Drawing.HEIGHT, ChartTheme.XChart);
    CategoryStyler styler = chart.getStyler();
    Drawing.style(styler, series.size());
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setXAxisMaxLabelCount(LABELS);
    chart.setXAxisTitle(quantity);
    chart.setYAxisTitle("count");
    double[] centres = new double[bins];
    Arrays.setAll(centres, bin -> (edge(bin) + edge(bin + 1)) / 2);
    List<String> labels = Arrays.stream(centres).mapToObj(Numbers::plain).toList();
    for (Series s : series) {
      String unique = Integer.toString(chart.getSeriesCollection().size());
      chart.addSeries(unique, labels, Arrays.stream(s.counts()).boxed().toList())
          .setLabel(Drawing.words(s.name()));
    }
    return Svg.of(chart, id, name);
  }

  private double edge(int bin) {
    return low + (high - low) * bin / bins;
  }
}
