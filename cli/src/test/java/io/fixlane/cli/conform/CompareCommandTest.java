package io.fixlane.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import io.fixlane.tensor.npy.NpyArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane compare}: dumps as tools write them, what is shown, and how it ends. */
class CompareCommandTest {
  private static final String FORMAT = "--format=ap_fixed<16,6>";

  /** hls4ml prints a sample on each line, a blank behind every value. */
  private static final String LOG = "-12.0557 0.000976563 \n0.5 -4 \n";

  @TempDir
  private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void dumpsOfDifferentKindsHaveTheSameWords() throws IOException {
    String log = file("csim_results.log", LOG);
    Run same = new Run(0, "all 4 words are the same\n", "");
    assertThat(Run.of("compare", log, log, FORMAT)).isEqualTo(same);
    assertThat(Run.of("compare", log, file("rtl.hex", "cfc7\r\n0001\r\n0200\r\nf000\r\n"), FORMAT,
        "--numbers-b", "hex")).isEqualTo(same);
    assertThat(Run.of("compare", file("raw.txt", "-12345,1,512,-4096"), log, FORMAT,
        "--numbers=words", "--numbers-b=values")).isEqualTo(same);
    assertThat(Run.of("compare", log, file("z.vec", "op\tcast\nx\tap_fixed<17,7>\t-12345 1\n"
        + "z\tap_fixed<16,6,AP_RND>\t-12345 1\nz\tap_fixed<16,6>\t512 -4096\n"), FORMAT))
        .isEqualTo(same);
    assertThat(Run.of("compare", log, file("float.dat", "-12.0551 0.0014 0.50001 -4.0"), FORMAT,
        "--numbers-b", "CAST")).isEqualTo(same);
    assertThat(Run.of("compare", log, file("wide.txt",
        "-0x0c.0e4p0 0x0.004p0 0b0.1 -0o04"), FORMAT, "--format-b=ap_fixed<24,8>",
        "--numbers-b=to_string")).isEqualTo(same);
  }

  @Test
  void otherFilesOfWordsAreCompared() throws IOException {
    String log = file("csim_results.log", LOG);
    String npy = folder.resolve("words.npy").toString();
    FixedTensor words =
        FixedTensor.of(FixedFormat.signed(16, 6), new short[] {-12345, 1, 512, -4096}, 2, 2);
    NpyArray.of(words).write(Path.of(npy));
    Run same = new Run(0, "all 4 words are the same\n", "");
    assertThat(Run.of("compare", log, npy, FORMAT)).isEqualTo(same);
    NpyArray.ofValues(words).write(folder.resolve("values.npy"));
    assertThat(Run.of("compare", folder.resolve("values.npy").toString(), npy, FORMAT))
        .isEqualTo(same);
    assertThat(Run.of("compare", npy, file("x.coe", "radix=16;\ncoefdata=cfc7 0001 0200 f000;"),
        FORMAT)).isEqualTo(same);
    String header = file("x.h", "t x[4] = {-12.05571, 0.001, 0.5, -4};");
    assertThat(Run.of("compare", npy, header, FORMAT, "--numbers-b", "cast").out())
        .startsWith("1 of 4 words differ\n").contains("\nword [0], A: " + npy + ", line 1, B: ");
    Run refused = Run.of("compare", npy, header, FORMAT);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).startsWith("fixlane: " + header + ", line 1, column 11, word [0]: ")
        .endsWith("; --numbers cast takes the word that it is cast into\n");
  }

  @Test
  void gzipAndStandardInputAreDumps() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(LOG.getBytes(StandardCharsets.US_ASCII));
    }
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(bytes.toByteArray()));
    try {
      assertThat(Run.of("compare", "-", file("a.log", LOG), FORMAT).exitCode()).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(Run.of("compare", "-", "-", FORMAT)).isEqualTo(
        new Run(2, "", "fixlane: A and B are -: standard input can be read once\n"));
  }

  @Test
  void theFirstDifferencesAreShown() throws IOException {
    String a = file("a.log", LOG);
    String b = file("b.log", LOG.replace("-4", "-3.99902") + "1 2\n");
    assertThat(Run.of("compare", a, b, FORMAT)).isEqualTo(new Run(1, """
        1 of 4 words differ
        2 further words are in B alone: %s

        word [3], A: %s, line 2, B: %s, line 2
             format            raw             binary         value
          A  ap_fixed<16,6>  -4096  111100.0000000000            -4
          B  ap_fixed<16,6>  -4095  111100.0000000001  -3.9990234375
        """.formatted(b, a, b).replace("         value", "          value")
        .replace("            -4\n", "             -4\n"), ""));
    assertThat(Run.of("compare", b, a, FORMAT, "--max-mismatches=0")).isEqualTo(new Run(1, """
        1 of 4 words differ
        2 further words are in A alone: %s

        1 further differences are not shown: see --max-mismatches
        """.formatted(b), ""));
    assertThat(Run.inColour("compare", a, b, FORMAT).out())
        .contains("111100.000000000\u001b[31m\u001b[1m1\u001b[");
  }

  @Test
  void aPrefixIsTheSameAndNotEnough() throws IOException {
    String a = file("a.log", LOG);
    String b = file("b.log", LOG + "1\n");
    assertThat(Run.of("compare", a, b, FORMAT)).isEqualTo(new Run(1,
        "all 4 words are the same\n1 further words are in B alone: " + b + "\n", ""));
  }

  @Test
  void theHelpFitsATerminal() {
    assertThat(Run.of("compare", "--help").out())
        .contains("  to_string  exact values as to_string of ap_fixed has them: -0x0.58p0\n")
        .contains("refused where none or several do.\n");
  }

  @Test
  void mistakesGiveOneLine() throws IOException {
    String a = file("a.log", LOG);
    expectError("--max-mismatches is -1: it must be at least 0", a, a, "--max-mismatches=-1");
    expectError("--digits is 0: it must be at least 1", a, a, "--digits=0");
    Path missing = folder.resolve("missing");
    expectError(missing + ": no such file", a, missing.toString());
    expectError(folder + ": is a directory: expected a file", folder.toString(), a);
    String bad = file("bad.log", "0.5\n0.3\n");
    expectError(bad + ", line 2, column 1: '0.3' is no value of ap_fixed<16,6>, nor one rounded to "
        + "6 digits: the nearest are 0.2998046875 (raw 307) and 0.30078125 (raw 308)", a, bad);
    String empty = file("empty.log", "");
    expectError(empty + ", line 1, column 1: the file has no number: expected words of "
        + "ap_fixed<16,6>", empty, empty);
    assertThat(Run.of("compare", a, a)).satisfies(run -> {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("fixlane: Missing required option: '--format=FORMAT'\n");
    });
    assertThat(Run.of("compare", a, a, FORMAT, "--numbers", "roman").err())
        .startsWith("fixlane: Invalid value for option '--numbers'").contains("TO_STRING");
  }

  private static void expectError(String message, String a, String b, String... options) {
    String[] command = new String[4 + options.length];
    command[0] = "compare";
    command[1] = a;
    command[2] = b;
    command[3] = FORMAT;
    System.arraycopy(options, 0, command, 4, options.length);
    assertThat(Run.of(command)).isEqualTo(new Run(2, "", "fixlane: " + message + "\n"));
  }
}
