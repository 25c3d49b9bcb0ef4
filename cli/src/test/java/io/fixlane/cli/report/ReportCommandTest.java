package io.fixlane.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fixlane report}, over results that no machine measured. */
class ReportCommandTest {
  @TempDir
  private Path folder;
  private Path results;
  private Path page;

  @BeforeEach
  void copyTheResults() throws IOException {
    System.setProperty("fixlane.results", folder.resolve("state").toString());
    results = folder.resolve("results.json");
    page = folder.resolve("report.html");
    try (InputStream in = ReportCommandTest.class.getResourceAsStream("results.json")) {
      Files.copy(in, results);
    }
  }

  @AfterEach
  void forgetTheFolder() {
    System.clearProperty("fixlane.results");
  }

  private Run report(Path... files) {
    String[] args = new String[files.length + 3];
    args[0] = "report";
    args[1] = "--out";
    args[2] = page.toString();
    for (int i = 0; i < files.length; i++) {
      args[i + 3] = files[i].toString();
    }
    return Run.of(args);
  }

  @Test
  void everySectionShowsWhatWasMeasured() throws IOException {
    Run run = report(results);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("wrote 176 results to " + page + "\n");
    assertThat(run.exitCode()).isZero();
    String html = Files.readString(page);
    assertThat(html).contains("An imaginary processor, for tests", "256 bits",
        "2026-01-02T03:04:05Z").doesNotContain("class=\"missing\"");
    assertThat(html.split("<h2>", -1)).hasSize(12);
    assertThat(html.split("<svg", -1).length - 1).isEqualTo(11);
    assertThat(html.split("style=\"--share", -1)).as("modes of a cast").hasSize(50);
  }

  /** Of the fixture: a peak of 100 and a product of 92, which oneDNN computes in 260. */
  @ParameterizedTest
  @CsvSource({
    "'<td>matrix product, s8 512</td><td class=\"number\">92.0</td>'",
    "'<td class=\"number\">0.92</td><td class=\"number\">170</td>'",
    "'<td>onednn s8</td><td class=\"number\">0.35</td>'",
    "'<td>gemm s8 512</td><td class=\"number\">0.500 +- 0.025</td>'",
    "'<td class=\"number\">170 +- 17.0</td><td class=\"number\">800 +- 160</td>'",
    "'<td>cast</td><td>Mwords/s</td><td class=\"number\">8.000</td>'",
    "'fixlane bench --full --only &#x27;ScalingBenchmark&#x27; &amp;&amp; fixlane report'",
  })
  void numbersAreThoseOfTheResults(String expected) throws IOException {
    report(results);
    assertThat(Files.readString(page)).contains(expected);
  }

  /** A library that is wrong has its mark, and no bar that ours could be measured by. */
  @Test
  void whatIsWrongOfAPeerIsMarked() throws IOException {
    Path peers = Files.writeString(folder.resolve("peers.json"), """
        [{"benchmark": "io.fixlane.jmh.peers.GemmPeers.run", "params": {"library": "FIXLANE_S8"},
          "secondaryMetrics": {"macs": {"score": 100, "scoreError": 1}}},
         {"benchmark": "io.fixlane.jmh.peers.GemmPeers.run", "params": {"library": "JAVA_S8"},
          "secondaryMetrics": {"macs": {"score": 25, "scoreError": 1}}},
         {"benchmark": "io.fixlane.jmh.peers.GemmPeers.run", "params": {"library": "ONEDNN_S8"},
          "secondaryMetrics": {"macs": {"score": 200, "scoreError": 1}},
          "wrong": {"wrong": 12345, "words": 262144, "saturatesPairs": true}}]
        """);
    Run run = report(peers);
    assertThat(run.err()).isEmpty();
    String html = Files.readString(page);
    String mark = "wrong: 12,345 of 262,144 words, saturates pairs of products";
    assertThat(html).contains(
        "<td>onednn s8</td><td class=\"number\">0.50</td><td class=\"number\">" + mark + "</td>",
        "<td>java s8</td><td class=\"number\">4.00</td><td class=\"number\">exact</td>",
        "<td>library=ONEDNN_S8; " + mark + "</td>");
    String figure = html.substring(html.indexOf("<svg"), html.indexOf("</details>"));
    assertThat(figure).contains("fixlane s8", "java s8").doesNotContain("onednn");
  }

  @Test
  void whatWasNotMeasuredIsSaidWithTheCommandThatDoes() throws IOException {
    Path few = Files.writeString(folder.resolve("few.json"), """
        [{"benchmark": "io.fixlane.jmh.PeakBenchmark.f32", "primaryMetric": {},
          "secondaryMetrics": {"macs": {"score": 100, "scoreError": "NaN"}}}]
        """);
    Run run = report(few);
    assertThat(run.exitCode()).isZero();
    String html = Files.readString(page);
    assertThat(html).contains("The results do not say what measured them.",
        "No other library has been measured.", "fixlane bench --full --peers",
        "No sizes have been measured.", "PeakBenchmark.f32").doesNotContain("<svg");
    assertThat(html.split("class=\"missing\"", -1).length - 1).isEqualTo(10);
  }

  @Test
  void theLatestResultsAreShownWhereNoFileIsNamed() throws IOException {
    assertThat(report().err()).isEqualTo(
        "fixlane: there are no results yet: fixlane bench --full measures them\n");
    Files.createDirectories(folder.resolve("state"));
    Files.copy(results, folder.resolve("state/bench-latest.json"));
    assertThat(report().out()).isEqualTo("wrote 176 results to " + page + "\n");
  }

  @Test
  void theLastOfSeveralFilesCounts() throws IOException {
    Path newer = Files.writeString(folder.resolve("newer.json"), """
        [{"benchmark": "io.fixlane.jmh.ReferenceBenchmark.cast", "params": {},
          "secondaryMetrics": {"words": {"score": 0.0321, "scoreError": 0.001}}}]
        """);
    report(results, newer);
    assertThat(Files.readString(page)).contains("<td class=\"number\">32.1</td>");
    report(newer, results);
    assertThat(Files.readString(page)).doesNotContain("<td class=\"number\">32.1</td>");
  }

  @Test
  void mistakesAreOneLineAndWriteNothing() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"),
        Files.readString(results).replace("An imaginary", "Another"));
    Path none = Files.writeString(folder.resolve("none.json"), "{\"results\": []}");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{");
    for (Run run : new Run[] {
      report(results, other), report(none), report(broken), report(folder.resolve("no.json")),
      Run.of("report", "--out", folder.resolve("no/report.html").toString())}) {
      assertThat(run.err()).startsWith("fixlane: ").hasLineCount(1);
      assertThat(run.exitCode()).isEqualTo(2);
    }
    assertThat(report(results, other).err()).contains("Another", "An imaginary");
    assertThat(Run.of("report", "nope").err())
        .isEqualTo("fixlane: JSON is nope: it cannot be read: there is no such file\n");
    assertThat(page).doesNotExist();
  }

  /** A device without end, and more text than results have: neither is read into memory whole. */
  @Test
  void whatIsTooLongIsNotReadWhole() throws IOException {
    Path zeros = Path.of("/dev/zero");
    if (Files.exists(zeros)) {
      assertThat(report(zeros).err()).startsWith("fixlane: JSON is /dev/zero: ").hasLineCount(1);
    }
    Path blanks = folder.resolve("blanks.json");
    try (OutputStream out = Files.newOutputStream(blanks)) {
      byte[] piece = new byte[1 << 20];
      Arrays.fill(piece, (byte) ' ');
      for (int i = 0; i < 65; i++) {
        out.write(piece);
      }
    }
    Run run = report(blanks);
    assertThat(run.err()).startsWith("fixlane: JSON is " + blanks + ": ")
        .contains("67108864").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
