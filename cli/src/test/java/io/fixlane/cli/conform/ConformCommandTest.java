package io.fixlane.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.conformance.VectorSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fixlane conform}: what it counts, what it shows, and how it ends. */
class ConformCommandTest {
  private static final String CAST =
      "op\tcast\nx\tap_fixed<8,3>\t1 2 3\nz\tap_fixed<4,2>\t0 0 0\nz\tap_ufixed<8,3>\t1 2 3\n";

  @TempDir
  private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void theBundledVectorsPass() {
    Run run = Run.of("conform");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).endsWith("reference: all 797,550 values match\n")
        .containsPattern("total +553 +797,550 +0 ")
        .containsPattern("layer.vec.gz +conv2d +18 +6,180 +0 ")
        .containsPattern("khot.vec.gz +khot +276 +23,772 +0 ")
        .containsPattern("khot_gemm +108 +4,860 +0 ");
    assertThat(run.out().lines()).hasSize(19);
  }

  @Test
  void aFlippedWordOfABundledFileIsFoundAndShown() throws IOException {
    VectorSource arith = VectorSource.bundled().stream()
        .filter(source -> source.name().equals("arith.vec.gz")).findFirst().orElseThrow();
    String text;
    try (InputStream in = new GZIPInputStream(arith.opener().open())) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String flipped = file("flipped.vec", text.replaceFirst("\t-48 -47", "\t-48 -46"));
    Run run = Run.of("conform", flipped);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("reference: 1 of 14,604 values differ\n").endsWith("""

        %s, line 4: add, z[1]
                    format         raw    binary    value
          x[1]      ap_fixed<4,2>   -8     10.00       -2
          y[1]      ap_fixed<5,1>  -15    1.0001  -0.9375
          expected  ap_fixed<7,3>  -46  101.0010   -2.875
          got       ap_fixed<7,3>  -47  101.0001  -2.9375
        """.formatted(flipped));
  }

  @Test
  void theBitsThatDifferAreColoured() throws IOException {
    String wrong = file("wrong.vec", CAST.replace("0 0 0", "0 1 0"));
    Run run = Run.inColour("conform", wrong);
    assertThat(run.out()).contains("00.0\u001b[31m\u001b[1m0\u001b[");
    assertThat(Run.of("conform", wrong).out()).doesNotContain("\u001b");
  }

  @Test
  void mismatchesBeyondTheLimitAreCounted() throws IOException {
    String first = file("first.vec", CAST.replace("0 0 0", "1 1 1"));
    String second = file("second.vec", CAST.replace("0 0 0", "1 1 1"));
    Run run = Run.of("conform", "--max-mismatches", "4", first, second);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("6 of 12 values differ")
        .contains("second.vec, line 3: cast, z[0]").doesNotContain("second.vec, line 3: cast, z[1]")
        .endsWith("\n2 further mismatches are not shown: see --max-mismatches\n");
  }

  @Test
  void aLongSumShowsItsEnds() throws IOException {
    String ones = "1 ".repeat(49) + "1";
    String dot = file("dot.vec", "op\tdot 50\nx\tap_fixed<8,8>\t" + ones + "\ny\tap_fixed<8,8>\t"
        + ones + "\nz\tap_fixed<16,16>\t51\n");
    assertThat(Run.of("conform", dot).out()).contains("y[3]").contains("  ... 84 more\n")
        .doesNotContain("x[4] ").doesNotContain("y[45]").contains("x[46]").contains("y[49]");
  }

  @Test
  void doublesAreShownWithTheirFields() throws IOException {
    String doubles = file("d.vec",
        "op\tto_double\nx\tap_fixed<8,3>\t48\nz\tdouble\t0x3ff8000000000001\n");
    assertThat(Run.of("conform", doubles).out()).contains(
        "expected  double         0x3ff8000000000001  0_01111111111_1" + "0".repeat(50) + "1  "
            + "1.5000000000000002");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "x\tap  | x ap    | line 2, column 1: unknown key 'x ap_fixed<8,3>': expected op, x, y, "
        + "bias, acc or z",
    "0 0 0  | 0 0     | line 3, column 20: z has 2 values: expected 3",
    "1 2 3  | 1 2 128 | line 2, column 21: raw word 128 is out of range for ap_fixed<8,3>: it "
        + "must lie in -128..127",
    "cast   | trunc   | line 1, column 4: unknown operation 'trunc': expected one of cast, "
        + "from_double, to_double, add, sub, mul, div, neg, shl, shr, dot, gemm, conv2d, "
        + "khot, khot_gemm"})
  void aMalformedFileGivesOneLine(String part, String replacement, String message)
      throws IOException {
    assertThat(CAST).contains(part);
    expectError(file("bad.vec", CAST.replaceFirst(part, replacement)), ", " + message);
  }

  @Test
  void otherBrokenFilesGiveOneLineToo() throws IOException {
    expectError(file("mac.vec", CAST.replace("\n", "\r")),
        ", line 1, column 8: a carriage return without a line feed");
    expectError(file("empty.vec", ""),
        ", line 1, column 1: the file is empty: expected a block, which begins with an op line");
    expectError(folder.toString(), ": is a directory: expected a file");
    expectError(folder.resolve("missing.vec").toString(), ": no such file");
    VectorSource bundled = VectorSource.bundled().getFirst();
    try (InputStream in = bundled.opener().open()) {
      byte[] whole = in.readAllBytes();
      Path cut = Files.write(folder.resolve("cut.vec.gz"), Arrays.copyOf(whole, 9000));
      Run run = Run.of("conform", cut.toString());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("fixlane: " + cut + ", line ")
          .endsWith(": the gzip data ends early: the file is truncated\n").hasLineCount(1);
    }
  }

  private static void expectError(String file, String message) {
    Run run = Run.of("conform", file);
    assertThat(run.err()).isEqualTo("fixlane: " + file + message + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aBrokenFileDoesNotHideTheOthers() throws IOException {
    String good = file("good.vec", CAST);
    String bad = file("bad.vec", "nonsense");
    String wrong = file("wrong.vec", CAST.replace("0 0 0", "0 0 1"));
    Run run = Run.of("conform", good, bad, wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1)
        .startsWith("fixlane: " + bad + ", line 1, column 9: no TAB");
    assertThat(run.out()).contains("good.vec").contains("wrong.vec, line 3: cast, z[2]");
  }

  @Test
  void standardInputIsAFile() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(CAST.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(Run.of("conform", "-").out()).contains("standard input  cast       1       6");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void wrongOptionsGiveOneLine() {
    assertThat(Run.of("conform", "--max-mismatches=-1")).isEqualTo(
        new Run(2, "", "fixlane: --max-mismatches is -1: it must be at least 0\n"));
    assertThat(Run.of("conform", "--implementation", "abacus")).satisfies(run -> {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("fixlane: --implementation is 'abacus': expected one of ")
          .contains("reference").hasLineCount(1);
    });
    Path nowhere = folder.resolve("no").resolve("report.json");
    assertThat(Run.of("conform", "--json", nowhere.toString())).isEqualTo(
        new Run(2, "", "fixlane: --json is " + nowhere + ": its folder does not exist\n"));
  }

  @Test
  void jsonHasCountsErrorsAndMismatches() throws IOException {
    String wrong = file("wrong.vec", CAST.replace("0 0 0", "0 0 1"));
    String bad = file("bad.vec", "nonsense");
    Path report = folder.resolve("report.json");
    assertThat(Run.of("conform", wrong, bad, "--json", report.toString()).exitCode()).isEqualTo(2);
    JsonNode root = JsonMapper.shared().readTree(Files.readString(report));
    assertThat(root.at("/implementation").asString()).isEqualTo("reference");
    assertThat(root.at("/total/values").asInt()).isEqualTo(6);
    assertThat(root.at("/total/mismatches").asInt()).isEqualTo(1);
    assertThat(root.at("/files/0/error").isNull()).isTrue();
    assertThat(root.at("/files/0/operations/0/operation").asString()).isEqualTo("cast");
    assertThat(root.at("/files/0/operations/0/blocks").asInt()).isEqualTo(1);
    JsonNode mismatch = root.at("/files/0/firstMismatches/0");
    assertThat(mismatch.at("/line").asInt()).isEqualTo(3);
    assertThat(mismatch.at("/operands/0/name").asString()).isEqualTo("x[2]");
    assertThat(mismatch.at("/operands/0/raw").asString()).isEqualTo("3");
    assertThat(mismatch.at("/expected/binary").asString()).isEqualTo("00.01");
    assertThat(mismatch.at("/got/raw").asString()).isEqualTo("0");
    assertThat(root.at("/files/1/error").asString()).startsWith(bad + ", line 1, column 9: no TAB");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void theOutputDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(Run.of("conform").out()).contains("reference: all 797,550 values match");
    } finally {
      Locale.setDefault(before);
    }
  }
}
