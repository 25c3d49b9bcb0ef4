package io.fixlane.cli.page;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines and points over two axes, such as losses over epochs, with their error bars. */
public final class LineChart implements Figure {
  private static final int MARKER_SIZE = 7;
  private static final BasicStroke LINE = new BasicStroke(2);
  private static final BasicStroke DASHES = new BasicStroke(1.5f, BasicStroke.CAP_BUTT,
      BasicStroke.JOIN_ROUND, 10, new float[] {6, 4}, 0);

  /** Where on a bound its name stands: nearer to its end, or to its beginning. */
  private static final double LABEL_SHARE = 0.64;
  private static final double LABEL_STEP = 0.16;
  private static final int LABEL_PLACES = 4;
  /** How far above it, as a part of the height. */
  private static final double LABEL_LIFT = 0.02;

  private final Axis x;
  private final Axis y;
  private final List<Series> series = new ArrayList<>();

  /** How a series is drawn. */
  private enum Look {
    LINE, POINTS, BOUND
  }

  private record Series(String name, Look look, List<Point> points) {}

  /**
   * A point.
   *
   * @param name what it is, for the table; empty where its series says all
   * @param x where it lies
   * @param y what was measured there
   * @param error half the length of its error bar, in the unit of y, which a linear axis draws; 0
   *     or NaN for none
   */
  public record Point(String name, double x, double y, double error) {
    /** Makes a point without a name and error. */
    public Point(double x, double y) {
      this("", x, y, 0);
    }
  }

  /** Makes a chart without series. */
  public LineChart(Axis x, Axis y) {
    this.x = x;
    this.y = y;
  }

  /** Adds points with a line through them, in their order. */
  public LineChart line(String name, List<Point> points) {
    return add(name, Look.LINE, points);
  }

  /** Adds points without a line. */
  public LineChart points(String name, List<Point> points) {
    return add(name, Look.POINTS, points);
  }

  /**
   * Adds a dashed line that the others are to be compared with. Its name stands on it, nearer to
   * its second end.
   */
  public LineChart bound(String name, Point from, Point to) {
    return add(name, Look.BOUND, List.of(from, to));
  }

  private LineChart add(String name, Look look, List<Point> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("points of " + name + " are none: a series must have one");
    }
    series.add(new Series(name, look, List.copyOf(points)));
    return this;
  }

  @Override
  public Table numbers() {
    boolean named = series.stream().flatMap(s -> s.points().stream())
        .anyMatch(p -> !p.name().isEmpty());
    Table table = named
        ? new Table(2, "series", "point", x.title(), y.title(), "error")
        : new Table(1, "series", x.title(), y.title(), "error");
    for (Series s : series) {
      for (Point p : s.points()) {
        String error = p.error() == 0 ? "" : "+- " + Numbers.measured(p.error());
        if (named) {
          table.row(s.name(), p.name(), Numbers.plain(p.x()), Numbers.measured(p.y()), error);
        } else {
          table.row(s.name(), Numbers.plain(p.x()), Numbers.measured(p.y()), error);
        }
      }
    }
    return table;
  }

  @Override
  public String drawing(String id, String name) {
    XYChart chart = new XYChart(Drawing.WIDTH, Drawing.HEIGHT, ChartTheme.XChart);
    XYStyler styler = chart.getStyler();
    Drawing.style(styler, series.size());
    styler.setMarkerSize(MARKER_SIZE);
    chart.setXAxisTitle(x.title());
    chart.setYAxisTitle(y.title());
    chart.setCustomXAxisTickLabelsFormatter(x::label);
    chart.setCustomYAxisTickLabelsFormatter(y::label);
    DoubleSummaryStatistics xs = places(x, Point::x);
    DoubleSummaryStatistics ys = places(y, Point::y);
    styler.setXAxisMin(x.start(xs.getMin()));
    styler.setXAxisMax(x.end(xs.getMax()));
    styler.setYAxisMin(y.start(ys.getMin()));
    styler.setYAxisMax(y.end(ys.getMax()));
    int bounds = 0;
    int others = 0;
    for (Series s : series) {
      XYSeries drawn = add(chart, s);
      if (s.look() == Look.BOUND) {
        drawn.setLineColor(Ink.AXIS);
        label(chart, s, bounds++, ys.getMax() - ys.getMin());
      } else {
        drawn.setLineColor(Ink.series(others));
        drawn.setMarkerColor(Ink.series(others++));
      }
    }
    return Svg.of(chart, id, name);
  }

  private DoubleSummaryStatistics places(Axis axis, ToDoubleFunction<Point> value) {
    return series.stream().flatMap(s -> s.points().stream()).mapToDouble(value).map(axis::place)
        .filter(Double::isFinite).summaryStatistics();
  }

  /** Writes the name of a bound on it, those of neighbours at different places. */
  private void label(XYChart chart, Series bound, int number, double height) {
    Point from = bound.points().getFirst();
    Point to = bound.points().getLast();
    double share = LABEL_SHARE - number % LABEL_PLACES * LABEL_STEP;
    double placeX = between(x.place(from.x()), x.place(to.x()), share);
    double placeY = between(y.place(from.y()), y.place(to.y()), share);
    chart.addAnnotation(
        new AnnotationText(Drawing.words(bound.name()), placeX, placeY + LABEL_LIFT * height,
            false));
  }

  private static double between(double from, double to, double share) {
    return from + share * (to - from);
  }

  private XYSeries add(XYChart chart, Series s) {
    double[] xs = s.points().stream().mapToDouble(p -> x.place(p.x())).toArray();
    double[] ys = s.points().stream().mapToDouble(p -> y.place(p.y())).toArray();
    boolean errors = y.isLinear()
        && s.points().stream().anyMatch(p -> p.error() > 0);
    String unique = Integer.toString(chart.getSeriesCollection().size());
    XYSeries drawn = errors
        ? chart.addSeries(unique, xs, ys,
            s.points().stream().mapToDouble(p -> p.error() > 0 ? p.error() : 0).toArray())
        : chart.addSeries(unique, xs, ys);
    drawn.setLabel(Drawing.words(s.name()));
    drawn.setLineStyle(s.look() == Look.BOUND ? DASHES : LINE);
    switch (s.look()) {
      case LINE -> drawn.setMarker(SeriesMarkers.CIRCLE);
      case POINTS -> drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      case BOUND -> drawn.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
    }
    return drawn;
  }
}
