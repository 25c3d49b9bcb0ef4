package io.fixlane.cli.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Bars from left to right, a group for each subject and a colour for each series, with their error
 * bars; the name of a group stands above it. XChart's own have no error bars when they lie, and no
 * room for names when they stand: these are thick lines.
 */
public final class BarChart implements Figure {
  private static final int MARGINS = 90;
  private static final int BAR = 18;
  private static final int NAME = 18;
  private static final int GAP = 8;
  /** What part of a bar's room it fills. */
  private static final float FILL = 0.85f;
  private static final float WHISKER = 1.5f;
  private static final int INSET = 2;
  private static final int DESCENT = 5;

  private final String subject;
  private final String unit;
  private final List<Bar> bars = new ArrayList<>();

  /** The name of a group, as outlines to the right of where it starts. */
  private static final class Words extends Marker {
    private final String words;

    Words(String words) {
      this.words = Drawing.words(words);
    }

    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
      TextLayout text = new TextLayout(words, Drawing.font(), g.getFontRenderContext());
      g.setColor(Ink.TEXT);
      g.fill(text.getOutline(AffineTransform.getTranslateInstance(x + INSET, y + DESCENT)));
    }
  }

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
   * @param value what came out, not negative
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
    List<String> groups = List.copyOf(names(false));
    List<String> series = List.copyOf(names(true));
    // One unit of the vertical axis is about one pixel, from 0 downwards.
    int height = groups.size() * (NAME + GAP) + bars.size() * BAR;
    XYChart chart = new XYChart(Drawing.WIDTH, MARGINS + height, ChartTheme.XChart);
    XYStyler styler = chart.getStyler();
    Drawing.style(styler, series.size());
    styler.setXAxisMin(0.0);
    styler.setYAxisMin((double) -height);
    styler.setYAxisMax(0.0);
    styler.setYAxisTicksVisible(false);
    styler.setPlotGridHorizontalLinesVisible(false);
    styler.setPlotContentSize(1);
    chart.setXAxisTitle(unit);
    chart.setCustomXAxisTickLabelsFormatter(Numbers::plain);
    Set<String> inLegend = new HashSet<>();
    double y = 0;
    for (String group : groups) {
      chart.addSeries(group + " ", new double[] {0}, new double[] {y - NAME / 2.0})
          .setMarker(new Words(group)).setShowInLegend(false);
      y -= NAME;
      for (Bar bar : bars.stream().filter(bar -> bar.group().equals(group)).toList()) {
        Color ink = Ink.series(series.indexOf(bar.series()));
        line(chart, 0, bar.value(), y - BAR / 2.0, ink, FILL * BAR)
            .setLabel(Drawing.words(bar.series()))
            .setShowInLegend(inLegend.add(bar.series()));
        if (bar.error() > 0) {
          line(chart, Math.max(0, bar.value() - bar.error()), bar.value() + bar.error(),
              y - BAR / 2.0, Ink.TEXT, WHISKER).setShowInLegend(false);
        }
        y -= BAR;
      }
      y -= GAP;
    }
    return Svg.of(chart, id, name);
  }

  private LinkedHashSet<String> names(boolean ofSeries) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    bars.forEach(bar -> names.add(ofSeries ? bar.series() : bar.group()));
    return names;
  }

  private static XYSeries line(
      XYChart chart, double from, double to, double y, Color ink, float width) {
    String unique = Integer.toString(chart.getSeriesCollection().size());
    XYSeries line = chart.addSeries(unique, new double[] {from, to}, new double[] {y, y});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(ink);
    line.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    return line;
  }
}
