package io.fixlane.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.cli.page.LineChart.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Pages and what they draw. */
class PageTest {
  private static final String HOSTILE = "<script>alert(\"1 & 2\")</script>'";

  @BeforeAll
  static void prepare() {
    Drawing.prepare();
  }

  private static String html(Page page) {
    return new String(page.bytes(), StandardCharsets.UTF_8);
  }

  static List<Figure> figures() {
    return List.of(
        new LineChart(Axis.linear(HOSTILE), Axis.log10("loss"))
            .line("a", List.of(new Point(HOSTILE, 1, 20, 0.5), new Point("", 2, 30, Double.NaN)))
            .points("b", List.of(new Point(1.5, 25)))
            .bound("c", new Point(1, 40), new Point(2, 40)),
        new LineChart(Axis.log2("size"), Axis.fromZero("GMAC/s"))
            .line(HOSTILE, List.of(new Point("", 16, 20, 0.5), new Point("", 2048, 100, 3))),
        new BarChart(HOSTILE, "GMAC/s").bar("64", "ours", 10, 1).bar(HOSTILE, "ours", 3, Double.NaN)
            .bar(HOSTILE, HOSTILE, 5, 0.5),
        new Histogram(HOSTILE, 0, 1, 4).add("first", 0, 0.3, 1).add(HOSTILE, -5, 0.5),
        new HeatMap(HOSTILE).cell("a", "b", 1).cell(HOSTILE, HOSTILE, 2),
        new BarChart("", "").bar("", "", 1, 0.5),
        new LineChart(Axis.linear(""), Axis.linear("")).line("", List.of(new Point("", 1, 2, 1))),
        new Histogram("", 0, 1, 4).add("", 0.3),
        new HeatMap("").cell("", "", 1));
  }

  @Test
  void theExampleShowsWhatItWasGiven() {
    assertThat(new String(PageExample.page(), StandardCharsets.UTF_8))
        .startsWith("<!DOCTYPE html>")
        .contains("<title>Bits against accuracy</title>", "<h2>Training</h2>",
            "href=\"#section-1\"", "prefers-color-scheme: dark", "fixlane experiments bits",
            "<td>float</td><td class=\"number\">0.981</td>", "The loss falls as fast");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void textIsEscapedWhereverItStands(Figure figure) {
    Page page = new Page(HOSTILE, HOSTILE);
    page.section(HOSTILE).paragraph(HOSTILE).figure(HOSTILE, figure, HOSTILE)
        .table(HOSTILE, new Table(1, HOSTILE).row(HOSTILE)).missing(HOSTILE, HOSTILE);
    assertThat(html(page)).doesNotContain("<script", "\"1 & 2\"")
        .contains("&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void nothingIsLoaded(Figure figure) {
    Page page = new Page("t", "s");
    page.section("h").figure("c", figure, "x");
    String text = html(page).replace("http://www.w3.org/2000/svg", "");
    assertThat(text).doesNotContain("http:", "https:", "src=", "@import", "<link");
  }

  /** Each colour is one of the page's, or cannot be seen. */
  @ParameterizedTest
  @MethodSource("figures")
  void drawingsFollowTheTheme(Figure figure) {
    String drawing = figure.drawing("one", "name");
    assertThat(drawing.replaceAll("rgb\\(0,0,0\\);(fill|stroke)-opacity:0[;\"]", ""))
        .doesNotContain("rgb(");
  }

  @Test
  void everyColourOfADrawingIsInBothThemes() {
    String css = html(new Page("t", "s"));
    for (int ink = 0; ink <= 11; ink++) {
      assertThat(Pattern.compile("--ink-" + ink + ": #").matcher(css).results()).hasSize(2);
    }
  }

  @Test
  void drawingsAreSvgThatHasNamesOfItsOwn() throws Exception {
    for (Figure figure : figures()) {
      String drawing = figure.drawing("one", HOSTILE);
      Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder()
          .parse(new ByteArrayInputStream(drawing.getBytes(StandardCharsets.UTF_8)));
      if (figure instanceof HeatMap) {
        continue;
      }
      assertThat(xml.getDocumentElement().getAttribute("aria-label")).isEqualTo(HOSTILE);
      NodeList clips = xml.getElementsByTagName("clipPath");
      for (int i = 0; i < clips.getLength(); i++) {
        assertThat(clips.item(i).getAttributes().getNamedItem("id").getNodeValue())
            .isEqualTo("one-clip-" + i);
      }
      assertThat(figure.drawing("one", HOSTILE)).as("the same each time").isEqualTo(drawing);
    }
  }

  @Test
  void everyNumberIsInATable() {
    assertThat(figures().get(0).numbers().rows()).containsExactly(
        List.of("a", HOSTILE, "1", "20.0", "+- 0.500"),
        List.of("a", "", "2", "30.0", "+- ?"),
        List.of("b", "", "1.5", "25.0", ""),
        List.of("c", "", "1", "40.0", ""),
        List.of("c", "", "2", "40.0", ""));
    assertThat(figures().get(2).numbers().rows())
        .contains(List.of("64", "ours", "10.0", "+- 1.000"));
    assertThat(figures().get(3).numbers().rows()).containsExactly(
        List.of("0", "0.25", "1", "1"), List.of("0.25", "0.5", "1", "0"),
        List.of("0.5", "0.75", "0", "1"), List.of("0.75", "1", "1", "0"));
    assertThat(figures().get(4).numbers().rows()).containsExactly(
        List.of("a", "1.000", ""), List.of(HOSTILE, "", "2.000"));
  }

  @Test
  void numbersAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Numbers.measured(1234.5)).isEqualTo("1,235");
      assertThat(Numbers.measured(0.00012345)).isEqualTo("0.000123");
      assertThat(Numbers.measured(Double.NaN)).isEqualTo("?");
      assertThat(Numbers.plain(2048)).isEqualTo("2048");
      assertThat(Numbers.plain(0.1)).isEqualTo("0.1");
      assertThat(Axis.log2("size").label(11)).isEqualTo("2048");
      assertThat(Axis.log10("MAC").label(-1)).isEqualTo("0.1");
      assertThat(Axis.log10("MAC").label(0.5)).isEmpty();
      assertThat(Axis.whole("W").label(3.5)).isEmpty();
      assertThat(Axis.whole("W").label(3)).isEqualTo("3");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> new Table(1, "a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must have 2");
    assertThatThrownBy(() -> new Histogram("x", 1, 1, 3))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("low is 1.0");
    assertThatThrownBy(
        () -> new LineChart(Axis.linear("x"), Axis.linear("y")).line("empty", List.of()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("empty");
  }
}
