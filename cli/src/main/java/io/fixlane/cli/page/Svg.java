package io.fixlane.cli.page;

import j2html.utils.EscapeUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/** A chart as SVG inside an HTML page. */
final class Svg {
  private static final Pattern INK = Pattern.compile("rgb\\(1,2,(\\d+)\\)");
  private static final Pattern CLIP = Pattern.compile("\\bclip\\d+\\b");
  private static final Pattern DIGITS = Pattern.compile("-?\\d+\\.\\d{3,}(E-?\\d+)?");
  private static final Pattern PROLOGUE = Pattern.compile("^.*?<svg[^>]*>", Pattern.DOTALL);

  private Svg() {}

  /**
   * Draws a chart, with the page's colours and without a size of its own.
   *
   * @param chart what is drawn
   * @param id what no other drawing of the page is called
   * @param name what it shows, for readers who do not see it
   */
  static String of(IChart chart, String id, String name) {
    String drawn;
    try {
      drawn = new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("an SVG in memory cannot fail to be written", e);
    }
    String head = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + chart.getWidth()
        + " " + chart.getHeight() + "\" role=\"img\" aria-label=\"" + EscapeUtil.escape(name)
        + "\">";
    String body = PROLOGUE.matcher(drawn).replaceFirst(Matcher.quoteReplacement(head));
    return rounded(renamed(INK.matcher(body).replaceAll("var(--ink-$1)"), id));
  }

  /** Numbers the clips, whose names depend on the run, and may be those of another drawing. */
  private static String renamed(String svg, String id) {
    Map<String, String> names = new LinkedHashMap<>();
    return CLIP.matcher(svg).replaceAll(clip -> names.computeIfAbsent(clip.group(),
        old -> id + "-clip-" + names.size()));
  }

  /** Rounds to a hundredth of a pixel: letters are outlines, and digits are most of the file. */
  private static String rounded(String svg) {
    return DIGITS.matcher(svg).replaceAll(digits -> new BigDecimal(digits.group())
        .setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString());
  }
}
