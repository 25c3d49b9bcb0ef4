package io.fixlane.cli.modes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The table of modes and the files of transfer curves. */
class ModesCommandTest {
  @TempDir
  Path directory;

  @Test
  void theTableHasEachModeItsRuleAndItsTies() {
    Run run = Run.of("modes");
    assertThat(run.exitCode()).isZero();
    for (QuantizationMode mode : QuantizationMode.values()) {
      assertThat(run.out()).containsPattern("(?m)^  " + mode + " +\\S.*" + mode.summary() + "$");
    }
    for (OverflowMode mode : OverflowMode.values()) {
      assertThat(run.out()).contains(mode.name());
    }
    assertThat(row(run, "from", 12))
        .isEqualTo("-2.5 -1.75 -1.5 -1.25 -0.5 -0.25 0.25 0.5 1.25 1.5 1.75 2.5");
    assertThat(row(run, "AP_RND_CONV", 12)).isEqualTo("-2 -2 -2 -1 0 0 0 0 1 2 2 2");
    assertThat(row(run, "AP_RND_INF", 12)).isEqualTo("-3 -2 -2 -1 -1 0 0 1 1 2 2 3");
    assertThat(row(run, "AP_TRN_ZERO", 12)).isEqualTo("-2 -1 -1 -1 0 0 0 0 1 1 1 2");
    assertThat(row(run, "from", 13)).isEqualTo("-24 -17 -16 -9 -8 -7 7 8 9 12 15 16 23");
    assertThat(row(run, "AP_SAT_SYM", 13)).isEqualTo("-7 -7 -7 -7 -7 -7 7 7 7 7 7 7 7");
    assertThat(row(run, "AP_WRAP N=0", 13)).isEqualTo("-8 -1 0 7 -8 -7 7 -8 -7 -4 -1 0 7");
    assertThat(run.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  /** The numbers of the row of a name that has {@code count} of them. */
  private static String row(Run run, String name, int count) {
    return run.out().lines()
        .filter(line -> line.matches("  " + name + "( +-?[0-9.]+){" + count + "}"))
        .map(line -> line.substring(name.length() + 2).strip().replaceAll(" +", " "))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }

  @Test
  void curvesAreSvgFilesOfEqualScaleAndOnePageShowsThem() throws Exception {
    Path made = directory.resolve("a/b");
    Run run = Run.of("modes", "--svg", made.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("wrote 16 transfer curves and index.html to " + made + "\n");
    Map<String, String> files = files(made);
    assertThat(files).hasSize(17).containsKeys("AP_RND.svg", "AP_SAT.svg", "AP_WRAP-N0.svg",
        "AP_WRAP_SM-N2.svg");
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().endsWith(".svg")) {
        assertThat(files.get("index.html")).contains("<img src=\"" + file.getKey() + "\"");
        assertEqualScale(file.getKey(), file.getValue());
      }
    }
  }

  /** The plot is clipped to a rectangle: its sides are to each other as the ranges of the axes. */
  private static void assertEqualScale(String name, String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Element root = factory.newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes("UTF-8"))).getDocumentElement();
    Element clip = (Element) ((Element) root.getElementsByTagName("clipPath").item(0))
        .getElementsByTagName("rect").item(0);
    double ratio = Double.parseDouble(clip.getAttribute("width"))
        / Double.parseDouble(clip.getAttribute("height"));
    double expected = name.startsWith("AP_RND") || name.startsWith("AP_TRN") ? 1 : 50.0 / 18;
    assertThat(ratio).as(name).isBetween(expected * 0.99, expected * 1.01);
    assertThat(root.getElementsByTagName("text").getLength()).as("text is drawn as outlines")
        .isZero();
  }

  @Test
  void theBytesDependOnNeitherLocaleNorTimeZone() throws IOException {
    Map<String, String> first = svg(directory.resolve("first"));
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      assertThat(svg(directory.resolve("second"))).isEqualTo(first);
      assertThat(Run.of("modes")).satisfies(run -> assertThat(run.out()).contains("-1.75", "2.5"));
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static Map<String, String> svg(Path directory) throws IOException {
    assertThat(Run.of("modes", "--svg", directory.toString()).exitCode()).isZero();
    return files(directory);
  }

  @Test
  void existingFilesAreReplacedAndOthersAreLeft() throws IOException {
    Files.writeString(directory.resolve("AP_RND.svg"), "old");
    Files.writeString(directory.resolve("mine.txt"), "mine");
    Map<String, String> files = svg(directory);
    assertThat(files.get("AP_RND.svg")).startsWith("<?xml");
    assertThat(files.get("mine.txt")).isEqualTo("mine");
    assertThat(files).hasSize(18);
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Run run = Run.of("modes", "--svg", file.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("fixlane: cannot make the directory " + file + ": " + file + " is a file\n");
    assertThat(Run.of("modes", "--svg", file.resolve("below").toString()).exitCode()).isEqualTo(2);
    assertThat(file).isEmptyFile();
  }

  @Test
  void aFileThatCannotBeReplacedIsNamed() throws IOException {
    Path inTheWay = Files.createDirectories(directory.resolve("AP_RND.svg/full")).getParent();
    Run run = Run.of("modes", "--svg", directory.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("fixlane: cannot write " + inTheWay + ": it is a folder\n");
    assertThat(inTheWay.resolve("full")).isDirectory();
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void wrongArgumentsGetOneMessageAndNoTrace() {
    for (String[] args : new String[][] {{"modes", "--svg"}, {"modes", "--svgg", "x"},
      {"modes", "x"}}) {
      Run run = Run.of(args);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("fixlane: ").endsWith("Try 'fixlane modes --help'.\n")
          .doesNotContain("\tat ");
    }
    assertThat(Run.of("modes", "--svgg", "x").err()).contains("--svg\n");
  }
}
