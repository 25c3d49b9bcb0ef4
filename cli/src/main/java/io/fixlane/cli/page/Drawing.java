package io.fixlane.cli.page;

import io.fixlane.cli.console.UserError;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What Java needs to draw at all, and what all charts look like. */
public final class Drawing {
  static final int WIDTH = 760;
  static final int HEIGHT = 400;
  private static final int LABEL_SIZE = 12;
  private static final int NOTE_SIZE = 11;
  /** XChart does not break a row of the legend. */
  private static final int MOST_IN_A_ROW = 5;
  private static final int TICK_SPACING = 55;
  private static final BasicStroke THIN = new BasicStroke(1);

  private Drawing() {}

  /**
   * Readies Java to draw where there is no display. Text is drawn as outlines, so that files need
   * no font where they are shown; but one is needed here.
   *
   * @throws UserError if Java finds no font
   */
  public static void prepare() {
    // AWT reads this when it is first used, which is below.
    System.setProperty("java.awt.headless", "true");
    try {
      font().getLineMetrics("x",
          new FontRenderContext(null, true, true));
    } catch (RuntimeException | InternalError | LinkageError e) {
      // The JDK has no one exception for a machine without fonts, or without the library that
      // finds them.
      throw new UserError(
          "nothing can be drawn, for Java finds no font on this machine (" + e.getMessage()
              + "): install fontconfig and a font, such as DejaVu",
          e);
    }
  }

  /** Returns a name as one line that is not empty, as a TextLayout wants it. */
  static String words(String name) {
    return name.isEmpty() ? " " : name.replaceAll("\\R", " ");
  }

  static Font font() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE);
  }

  static void style(AxesChartStyler styler, int series) {
    Font plain = font();
    styler.setLocale(Locale.ROOT);
    styler.setBaseFont(plain);
    styler.setAxisTitleFont(plain);
    styler.setAxisTickLabelsFont(plain);
    styler.setLegendFont(plain);
    styler.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, NOTE_SIZE));
    styler.setAnnotationTextFontColor(Ink.NOTE);
    styler.setChartBackgroundColor(Ink.NONE);
    styler.setPlotBackgroundColor(Ink.NONE);
    styler.setPlotBorderVisible(false);
    styler.setChartFontColor(Ink.TEXT);
    styler.setXAxisTitleColor(Ink.TEXT);
    styler.setYAxisTitleColor(Ink.TEXT);
    styler.setAxisTickLabelsColor(Ink.TEXT);
    styler.setAxisTickMarksColor(Ink.AXIS);
    styler.setPlotGridLinesColor(Ink.GRID);
    styler.setPlotGridLinesStroke(THIN);
    styler.setXAxisTickMarkSpacingHint(TICK_SPACING);
    styler.setYAxisTickMarkSpacingHint(TICK_SPACING);
    styler.setErrorBarsColorSeriesColor(true);
    styler.setSeriesColors(Ink.series());
    styler.setLegendVisible(series > 1);
    boolean below = series <= MOST_IN_A_ROW;
    styler.setLegendPosition(below ? LegendPosition.OutsideS : LegendPosition.OutsideE);
    styler.setLegendLayout(below ? LegendLayout.Horizontal : LegendLayout.Vertical);
    styler.setLegendBackgroundColor(Ink.NONE);
    styler.setLegendBorderColor(Ink.NONE);
    styler.setChartTitleVisible(false);
  }
}
