package io.fixlane.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import io.fixlane.tensor.npy.NpyArray;
import io.fixlane.tensor.npy.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fixlane words}: what it tells, and what it writes. */
class WordsCommandTest {
  private static final String F = "ap_fixed<8,3>";
  private static final List<String> ALL =
      List.of("npy", "npz", "csv", "txt", "hex", "mem", "memb", "coe", "h");
  private static final List<String> TEXTS = List.of("csv", "txt", "hex", "mem", "memb", "coe");

  @TempDir
  private Path folder;
  private WordsFixture files;

  @BeforeEach
  void begin() {
    files = new WordsFixture(folder);
  }

  private static FixedTensor random(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    SplittableRandom random = new SplittableRandom(format.hashCode());
    int unused = Long.SIZE - format.width();
    for (long i = 0; i < words.size(); i++) {
      long bits = i == 0 ? Long.MIN_VALUE : i == 1 ? -1 : random.nextLong() << random.nextInt(64);
      words.setRaw(i, format.signed() ? bits >> unused : bits >>> unused);
    }
    return words;
  }

  @Test
  void whatIsTold() throws IOException {
    NpyArray.of(FixedTensor.of(FixedFormat.signed(8, 3), new byte[] {16, -40, 0, 127, 2, 0}, 2, 3))
        .write(files.path("x.npy"));
    Run run = files.run("x.npy", F, "--max-words", "2");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(files.path("x.npy") + """
        : int8 [2, 3], raw words
          6 words of ap_fixed<8,3>: -1.25 to 3.96875, 33.3 % zeros, 8 of 8 bits: each is one of \
        ap_fixed<8,3>
          |     =  @=     =| from -4 to 3.96875

        word  raw   hex  value
        [0]    16  0x10    0.5
        [1]   -40  0xD8  -1.25
        and 4 more: see --max-words
        """);
    Run cast = files.run("x.npy", F, "--to", "ap_ufixed<3,2,AP_RND,AP_SAT>", "--max-words", "2");
    assertThat(cast.out()).endsWith("""
        cast into ap_ufixed<3,2,AP_RND,AP_SAT>: 2 overflowed, 3 lost bits
          6 words of ap_ufixed<3,2,AP_RND,AP_SAT>: 0 to 3.5, 66.7 % zeros, 3 of 3 bits: each is \
        one of ap_ufixed<3,2>
          |@-     -| from 0 to 3.5

        word  from raw  value  raw  hex  value
        [0]         16    0.5    1  0x1    0.5
        [1]        -40  -1.25    0  0x0      0
        and 4 more: see --max-words
        """);
  }

  @Test
  void arraysAreListedAndChosen() throws IOException {
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("w2", NpyArray.of(random(FixedFormat.signed(12, 3), 2, 3)));
    arrays.put("b2", NpyArray.of(new float[] {0.5f, -1.25f}, 2));
    NpzWriter.write(files.path("m.npz"), arrays);
    Run list = Run.of("words", files.path("m.npz").toString());
    assertThat(list.out()).isEqualTo("""
        array  type     shape
        w2     int16    [2, 3]
        b2     float32  [2]
        """);
    assertThat(files.raw("m.npz", F, "--array", "b2")).isEqualTo("16 -40");
    files.assertRefused("m.npz", F, "FILE is " + files.path("m.npz")
        + ": it has 2 arrays: w2, b2; --array says which is meant");
    files.assertRefused("m.npz", F, "--array is c: " + files.path("m.npz")
        + " has 2 arrays: w2, b2", "--array", "c");
    assertThat(Run.of("words", files.path("m.npz").toString(), "--array", "b2").err()).isEqualTo(
        "fixlane: --format is missing: without it, the arrays of FILE are listed alone\n");
    Run none = Run.of("words", files.write("x.csv", "1").toString());
    assertThat(none.err()).isEqualTo(
        "fixlane: --format is missing: it says what the words of a csv file are\n");
  }

  @Test
  void numbersOfNumpy() throws IOException {
    NpyArray.of(new double[] {0.5, 0.3, -9, Double.POSITIVE_INFINITY}, 4)
        .write(files.path("x.npy"));
    files.assertRefused("x.npy", F, files.path("x.npy") + ", word [1]: 0.3 is no value of "
        + "ap_fixed<8,3>; --cast takes the word that it is cast into");
    files.assertRefused("x.npy", F, files.path("x.npy")
        + ", word [0]: 0.5 is a float: raw words are integers", "--raw");
    assertThat(files.raw("x.npy", "ap_fixed<8,3,AP_RND,AP_SAT>", "--cast"))
        .isEqualTo("16 10 -128 127");
    NpyArray.of(random(FixedFormat.signed(8, 8), 3)).write(files.path("i.npy"));
    files.assertRefused("i.npy", "ap_fixed<7,3>", files.path("i.npy")
        + ", word [0]: -128 is out of range for ap_fixed<7,3>: raw words lie in -64..63");
    // The integer -128 is a value.
    assertThat(files.raw("i.npy", "ap_fixed<16,9>", "--values")).startsWith("-16384 -128 ");
    NpyArray.of(new float[] {Float.NaN}, 1).write(files.path("nan.npy"));
    assertThat(files.run("nan.npy", F, "--cast").err())
        .startsWith("fixlane: " + files.path("nan.npy") + ", word [0]: ").hasLineCount(1);
  }

  /** Into each kind, and back to the bytes of the first file. */
  @ParameterizedTest
  @ValueSource(strings = {"ap_fixed<8,3>", "ap_ufixed<5,7>", "ap_fixed<1,1>", "ap_fixed<16,-4>",
    "ap_fixed<32,16>", "ap_ufixed<53,20>"})
  void intoEveryKindAndBack(String format) throws IOException {
    NpyArray.of(random(FixedFormat.parse(format), 4, 5)).write(files.path("0.npy"));
    for (String kind : ALL) {
      write("0.npy", format, "1." + kind);
      write("1." + kind, format, "2.npy", "--shape", "4,5");
      assertThat(files.path("2.npy")).as(kind).hasSameBinaryContentAs(files.path("0.npy"));
    }
  }

  private void write(String from, String format, String to, String... more) {
    String[] options = new String[more.length + 3];
    System.arraycopy(more, 0, options, 3, more.length);
    options[0] = "--out";
    options[1] = files.path(to).toString();
    options[2] = "--force";
    Run run = files.run(from, format, options);
    assertThat(run.exitCode()).as(from + " -> " + to + ": " + run.err()).isZero();
  }

  /** Words that only texts hold. */
  @Test
  void wideWords() throws IOException {
    String format = "ap_fixed<100,40>";
    files.write("0.hex", "8" + "0".repeat(24) + "\n" + "7" + "f".repeat(24) + "\n"
        + "0".repeat(24) + "1\n");
    byte[] first = Files.readAllBytes(files.path("0.hex"));
    for (String kind : TEXTS) {
      write("0.hex", format, "1." + kind);
      write("1." + kind, format, "2.hex");
      assertThat(files.path("2.hex")).as(kind).hasBinaryContent(first);
    }
    assertThat(files.raw("0.hex", format, "--to", "ap_fixed<8,3,AP_RND,AP_SAT>"))
        .isEqualTo("-128 127 0");
    assertThat(files.raw("0.hex", "ap_fixed<100,-2000000000>", "--to", "ap_fixed<8,3>"))
        .isEqualTo("-1 0 0");
    files.assertRefused("0.hex", format, "--out is " + files.path("x.npy")
        + ": integers of a npy file have at most 64 bits, and words of " + format + " more",
        "--out", files.path("x.npy").toString());
  }

  @Test
  void rawWordsOf64Bits() throws IOException {
    for (String format : List.of("ap_fixed<64,32>", "ap_ufixed<64,32>")) {
      NpyArray.of(random(FixedFormat.parse(format), 7)).write(files.path("0.npy"));
      for (String kind : ALL) {
        write("0.npy", format, "1." + kind,
            kind.equals("h") ? "--numbers-out=raw" : "--max-words=0");
        write("1." + kind, format, "2.npy");
        assertThat(files.path("2.npy")).as(format + " " + kind)
            .hasSameBinaryContentAs(files.path("0.npy"));
      }
      files.assertRefused("0.npy", format, "--out is " + files.path("v.npy")
          + ": doubles do not hold each value of " + format
          + "; --numbers-out raw writes raw words",
          "--out", files.path("v.npy").toString(), "--numbers-out", "values");
    }
  }

  @Test
  void valuesForNumpy() throws IOException {
    files.write("x.txt", "0.5 -1.25");
    write("x.txt", F, "x.npy", "--numbers-out", "values");
    NpyArray array = NpyArray.read(files.path("x.npy"));
    assertThat(array).hasToString("float32 [2]");
    assertThat(array.floats()).containsExactly(0.5f, -1.25f);
    write("x.txt", "ap_fixed<40,20>", "y.npy", "--numbers-out", "values");
    assertThat(NpyArray.read(files.path("y.npy"))).hasToString("float64 [2]");
  }

  @Test
  void aHeaderIsWrittenAsThoseOfHls4ml() throws IOException {
    files.write("x.csv", "0.5,-1.25\n0,3\n");
    write("x.csv", F, "x.h", "--name", "w2");
    assertThat(files.path("x.h")).hasContent("""
        //Numpy array shape [2, 2]
        //Min -1.25
        //Max 3
        //Number of zeros 1

        #ifndef W2_H_
        #define W2_H_

        #include "ap_fixed.h"

        static const ap_fixed<8,3> w2[4] = {
          0.5, -1.25, 0, 3
        };

        #endif
        """);
    write("x.csv", F, "x.coe");
    assertThat(files.path("x.coe")).hasContent("""
        ; ap_fixed<8,3> [2, 2]
        memory_initialization_radix=16;
        memory_initialization_vector=
        10,
        d8,
        00,
        60;
        """);
    write("x.csv", F, "x.mem");
    assertThat(files.path("x.mem")).hasContent("// ap_fixed<8,3> [2, 2]\n10\nd8\n00\n60\n");
  }

  @Test
  void nothingIsReplacedUnasked() throws IOException {
    files.write("x.txt", "0.5");
    Path there = files.write("y.mem", "mine");
    files.assertRefused("x.txt", F, "--out is " + there
        + ": it is there already; --force replaces it", "--out", there.toString());
    assertThat(there).hasContent("mine");
    Path itself = files.path("x.txt");
    files.assertRefused("x.txt", F, "--out is " + itself + ": it is the file of FILE too",
        "--out", itself.toString(), "--force");
    // What fails half-way leaves what was there.
    files.write("bad.txt", "0.5 0.3");
    assertThat(files.run("bad.txt", F, "--out", there.toString(), "--force").exitCode())
        .isEqualTo(2);
    assertThat(there).hasContent("mine");
    try (var all = Files.list(folder)) {
      assertThat(all.map(file -> file.getFileName().toString()).sorted().toList())
          .containsExactly("bad.txt", "x.txt", "y.mem");
    }
  }

  @Test
  void everyLineOfTheHelpIsShort() {
    for (String command : List.of("words", "show", "compare")) {
      assertThat(Run.of(command, "--help").out().lines()).as(command)
          .allMatch(line -> line.length() <= 80).noneMatch(line -> line.contains("%%"));
    }
  }

  @Test
  void mistakes() throws IOException {
    files.write("x.txt", "0.5");
    String out = files.path("o.npy").toString();
    files.assertRefused("x.txt", F, "--shape is 2,2: FILE has 1 words", "--shape", "2,2");
    files.assertRefused("x.txt", F, "--max-words is -1: it must be at least 0", "--max-words=-1");
    files.assertRefused("x.txt", F, "--digits is 0: it must be at least 1", "--digits=0");
    files.assertRefused("x.txt", F,
        "--array is a: a decimal file has one array, without a name", "--array", "a");
    files.assertRefused("x.txt", F, "--name is a: an array of a npy file has no name", "--out",
        out, "--name", "a");
    files.assertRefused("x.txt", F, "--name is 2a: it must be a name of C", "--out",
        files.path("o.h").toString(), "--name", "2a");
    files.assertRefused("x.txt", F,
        "--kind-out, --numbers-out, --name and --force are for --out, which is missing", "--force");
    files.assertRefused("x.txt", F, "--out is " + files.path("o.mem")
        + ": a mem file holds the bits of words, and no values", "--out",
        files.path("o.mem").toString(), "--numbers-out", "values");
    assertThat(files.run("x.txt", F, "--raw", "--cast").err())
        .startsWith("fixlane: Error: --raw, --cast are mutually exclusive");
  }
}
