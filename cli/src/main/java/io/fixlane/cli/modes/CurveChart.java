package io.fixlane.cli.modes;

import io.fixlane.cli.modes.TransferCurve.Piece;
import io.fixlane.cli.modes.TransferCurve.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws a transfer curve: output against input, with the same scale on both axes and y = x thin
 * behind it.
 */
final class CurveChart extends XYChart {
  private static final Color CURVE = new Color(0x1F5FA8);
  private static final Color IDEAL = new Color(0xA0A0A0);
  private static final Color GRID = new Color(0xE4E4E4);
  private static final BasicStroke THICK = new BasicStroke(2.5f);
  private static final BasicStroke THIN = new BasicStroke(1f);
  private static final int MARKER_SIZE = 8;
  private static final int TICK_SPACING = 60;

  /** A hollow circle: a value beside a jump that is not taken. */
  private static final class Hollow extends Marker {
    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
      Ellipse2D circle = new Ellipse2D.Double(x - size / 2.0, y - size / 2.0, size, size);
      Color edge = g.getColor();
      g.setColor(Color.WHITE);
      g.fill(circle);
      g.setColor(edge);
      g.setStroke(new BasicStroke(1.5f));
      g.draw(circle);
    }
  }

  private final Axes axes;

  private CurveChart(String title, Axes axes) {
    super((int) axes.width(), (int) axes.height(), ChartTheme.XChart);
    this.axes = axes;
    setTitle(title);
    setXAxisTitle("input");
    setYAxisTitle("output");
    style(getStyler());
  }

  /**
   * Draws a curve.
   *
   * @param title what stands above it
   * @param curve the curve
   * @param taken what the dots of the curve are, for the legend
   * @param axes what is shown
   * @return the bytes of an SVG file
   */
  static byte[] svg(String title, TransferCurve curve, String taken, Axes axes) {
    CurveChart chart = new CurveChart(title, axes);
    chart.addIdeal();
    chart.addPieces(curve.pieces());
    chart.addPoints(taken, curve.closed(), SeriesMarkers.CIRCLE);
    if (!curve.open().isEmpty()) {
      chart.addPoints("not taken", curve.open(), new Hollow());
    }
    chart.fitToScale();
    try {
      return ChartEncoder.getBytes(chart, "svg");
    } catch (IOException e) {
      throw new UncheckedIOException("an SVG in memory cannot fail to be written", e);
    }
  }

  private void style(XYStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setXAxisMin(axes.xMin());
    styler.setXAxisMax(axes.xMax());
    styler.setYAxisMin(axes.yMin());
    styler.setYAxisMax(axes.yMax());
    styler.setPlotContentSize(1);
    styler.setMarkerSize(MARKER_SIZE);
    styler.setXAxisTickMarkSpacingHint(TICK_SPACING);
    styler.setYAxisTickMarkSpacingHint(TICK_SPACING);
    styler.setChartTitlePadding(MARKER_SIZE);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(THIN);
  }

  private void addIdeal() {
    double low = Math.max(axes.xMin(), axes.yMin());
    double high = Math.min(axes.xMax(), axes.yMax());
    line("y = x", new double[] {low, high}, new double[] {low, high}, IDEAL, THIN);
  }

  /** Adds the pieces as one series: XChart lifts its pen at NaN. */
  private void addPieces(List<Piece> pieces) {
    double[] x = new double[3 * pieces.size()];
    double[] y = new double[3 * pieces.size()];
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      x[3 * i] = piece.from().x();
      y[3 * i] = piece.from().y();
      x[3 * i + 1] = piece.to().x();
      y[3 * i + 1] = piece.to().y();
      x[3 * i + 2] = piece.to().x();
      y[3 * i + 2] = Double.NaN;
    }
    line("output", x, y, CURVE, THICK);
  }

  private void line(String name, double[] x, double[] y, Color color, BasicStroke stroke) {
    XYSeries series = addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(stroke);
  }

  private void addPoints(String name, List<Point> points, Marker marker) {
    XYSeries series = addSeries(
        name,
        points.stream().mapToDouble(Point::x).toArray(),
        points.stream().mapToDouble(Point::y).toArray());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(marker);
    series.setMarkerColor(CURVE);
  }

  /** Resizes the chart so that what is left for its plot has the size that the axes ask for. */
  private void fitToScale() {
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    setWidth((int) axes.width() + 100);
    setHeight((int) axes.height() + 100);
    // Painting finds how much room titles, labels and legend take, which changes a little with the
    // size.
    for (int round = 0; round < 2; round++) {
      paint(nowhere, getWidth(), getHeight());
      Rectangle2D bounds = plot.getBounds();
      setWidth((int) Math.round(getWidth() - bounds.getWidth() + axes.width()));
      setHeight((int) Math.round(getHeight() - bounds.getHeight() + axes.height()));
    }
    nowhere.dispose();
  }
}
