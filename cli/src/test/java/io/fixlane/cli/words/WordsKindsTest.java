package io.fixlane.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other tools write is read, and what is none of theirs refused at its place. */
class WordsKindsTest {
  private static final String F = "ap_fixed<8,3>";

  @TempDir
  private Path folder;
  private WordsFixture files;

  @BeforeEach
  void begin() {
    files = new WordsFixture(folder);
  }

  @Test
  void aHeaderOfHls4ml() throws IOException {
    files.write("w2.h", """
        //Numpy array shape [2, 3]
        //Min -1.250000000000
        //Max 3.968750000000
        //Number of zeros 1

        #ifndef W2_H_
        #define W2_H_

        #ifndef __SYNTHESIS__
        weight2_t w2[6];
        #else
        weight2_t w2[6] = {0.5000000, -1.2500000, 3.9687500, 0.0000000, -4, 1e-0};
        #endif

        #endif
        """);
    assertThat(files.raw("w2.h", F)).isEqualTo("16 -40 127 0 -128 32");
    assertThat(files.run("w2.h", F).out()).startsWith(files.path("w2.h") + ": h [2, 3], values\n");
  }

  /** C++ makes a double of a decimal before it casts it, and a float of one with an f. */
  @Test
  void decimalsOfCAreCastAsThere() throws IOException {
    files.write("b.h", """
        namespace model {
        bias_t b[5] = {0.295410, -0.028599f, 0.153718, 9007199254740993, 0x10};
        extern bias_t c[5];
        }
        """);
    // 0.1 as a double lies above a tenth, and as a float further above.
    files.write("c.h", "t c[2] = {0.1, 0.1f};");
    assertThat(files.raw("b.h", "ap_fixed<16,6,AP_RND,AP_SAT>", "--cast"))
        .isEqualTo("302 -29 157 32767 16384");
    assertThat(files.raw("b.h", "ap_fixed<64,60>", "--array", "b", "--cast"))
        .isEqualTo("4 -1 2 144115188075855888 256");
    assertThat(files.raw("c.h", "ap_fixed<80,10>", "--cast")).isEqualTo(
        "118059162071741136896 118059163830959734784");
    files.assertRefused("b.h", "ap_fixed<16,6>", files.path("b.h") + ", line 2, column 16, word "
        + "[0]: '0.295410' is no value of ap_fixed<16,6>: the nearest are 0.294921875 (raw 302) "
        + "and 0.2958984375 (raw 303); --cast takes the word that it is cast into");
  }

  @Test
  void headersOfC() throws IOException {
    files.write("a.hpp", """
        /* { not this } */
        namespace n { typedef ap_fixed<8,3> t; const char *s = "= {1}"; char q = '{';
        #define N 4 \\
          + 0
        /*/ int no[1] = {1}; /*/
        static const ap_fixed<8, 3> values[ 2 ][N / 2] = {{0.5f, -1.0}, {2, 0x3}, };
        const int8_t raw[] = { -128, 127u, 0x10, // the last but one
          0b101, 1'0 };
        double empty[3];
        int f(int x) { int y[2] = {7, 8}; return y[0]; }
        }
        """);
    assertThat(files.raw("a.hpp", F, "--array", "values")).isEqualTo("16 -32 64 96");
    assertThat(files.raw("a.hpp", F, "--array", "raw")).isEqualTo("-128 127 16 5 10");
    assertThat(files.raw("a.hpp", F, "--array", "y")).isEqualTo("7 8");
    files.assertRefused("a.hpp", F, "FILE is " + files.path("a.hpp")
        + ": it has 3 arrays: values, raw, y; --array says which is meant");
    files.assertRefused("a.hpp", F, "--array is z: " + files.path("a.hpp")
        + " has 3 arrays: values, raw, y", "--array", "z");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "t x[3] = {1, 2};|, line 1, column 16: the array x is declared as [3], and has 2 words",
    "t x[2] = {1, 2|, line 1, column 15: the file ends within braces",
    "t x[1] = {};|, line 1, column 12: the array x has no words",
    "t x[1] = {010};|, line 1, column 11, word [0]: '010' begins with 0, and is octal in C: it is"
        + " not read",
    "t x[2] = {1, N};|, line 1, column 14, word [1]: 'N' is no number: expected a number, such as "
        + "0.34375 or -4e-05",
    "t x[2] = {1, 0.3};|, line 1, column 14, word [1]: '0.3' is no value of ap_fixed<8,3>: the "
        + "nearest are 0.28125 (raw 9) and 0.3125 (raw 10); --cast takes the word that it is cast "
        + "into",
    "int x[2] = {1, 128};|, line 1, column 16, word [1]: '128' is out of range for ap_fixed<8,3>: "
        + "raw words lie in -128..127",
    "/* t x[2] = {1, 2};|, line 1, column 1: the comment that begins here does not end",
    "t x[2 = {1, 2};|, line 1, column 9: ']' is expected behind a dimension"})
  void mistakesInHeaders(String text, String reason) throws IOException {
    Path file = files.write("x.h", text);
    files.assertRefused("x.h", F, file + reason);
  }

  @Test
  void coefficients() throws IOException {
    files.write("hex.coe", """
        ; a memory of Vivado
        memory_initialization_radix = 16; hexadecimal
        MEMORY_INITIALIZATION_VECTOR=
        7f, 80,
        f5 00;
        """);
    assertThat(files.raw("hex.coe", F)).isEqualTo("127 -128 -11 0");
    files.write("fir.coe", "Radix = 10;\nCoefficient_Width = 8;\nCoefData = -1,\n 127,6;\n");
    assertThat(files.raw("fir.coe", F)).isEqualTo("-1 127 6");
    files.write("more.coe", "radix=16;\ncoefdata=7f;\n; ignored\nDepth = 4;\n5;");
    assertThat(files.raw("more.coe", F)).isEqualTo("127");
    files.write("bits.coe",
        "memory_initialization_radix=2;\nmemory_initialization_vector=\n1111,0101;");
    assertThat(files.raw("bits.coe", "ap_ufixed<4,2>")).isEqualTo("15 5");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "radix=8;|, line 1, column 9: the radix is '8': it must be 2, 10 or 16",
    "coefdata=1;|, line 1, column 10: the radix must stand before the words: "
        + "memory_initialization_radix=16;",
    "radix=16;~coefdata=1,2|, line 2, column 13: the file ends before the ';' behind its words",
    "radix=16;~coefdata=1;~2|, line 3, column 1: the file goes on behind the ';' of its words",
    "radix=16;~coefdata=1,17f;|, line 2, column 12, word [1]: '17f' has 9 bits: ap_fixed<8,3> has "
        + "8",
    "radix=10;~coefdata=1,0x1;|, line 2, column 12, word [1]: '0x1' is no number: expected decimal"
        + " digits",
    "radix=2;~coefdata=12;|, line 2, column 10, word [0]: '12' is no number: expected binary "
        + "digits",
    "radix=16;|, line 1, column 10: the file ends before its words, behind "
        + "memory_initialization_vector=",
    "radix=16;~coefdata=;|: the file has no word"})
  void mistakesInCoefficients(String text, String reason) throws IOException {
    Path file = files.write("x.coe", text.replace('~', '\n'));
    files.assertRefused("x.coe", F, file + reason);
  }

  @Test
  void memories() throws IOException {
    files.write("rom.mem", "// a ROM\n@0 7f 8_0 /* two\nlines */ F5\r\n@3\n00\n");
    assertThat(files.raw("rom.mem", F)).isEqualTo("127 -128 -11 0");
    files.write("rom.memb", "@10 0111_1111 10000000\n11110101\n");
    assertThat(files.raw("rom.memb", F)).isEqualTo("127 -128 -11");
    files.write("rom.dat", "7f");
    assertThat(files.raw("rom.dat", F, "--kind", "mem")).isEqualTo("127");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "7f xx|, line 1, column 4, word [1]: 'xx' has bits that are unknown: x or z",
    "7f @2 00|, line 1, column 4: the address @2 follows @0: words must stand one behind the other",
    "@g 00|, line 1, column 1: '@g' is no address: '@' and up to 15 hexadecimal digits are one",
    "7f 17f|, line 1, column 4, word [1]: '17f' has 9 bits: ap_fixed<8,3> has 8",
    "// 7f|, line 1, column 6: the file has no word"})
  void mistakesInMemories(String text, String reason) throws IOException {
    Path file = files.write("x.mem", text);
    files.assertRefused("x.mem", F, file + reason);
  }

  @Test
  void texts() throws IOException {
    files.write("x.csv", "# of numpy.savetxt\n5.0e-01,-1.25\n3.96875,-4\n");
    assertThat(files.raw("x.csv", F)).isEqualTo("16 -40 127 -128");
    assertThat(files.run("x.csv", F).out()).startsWith(files.path("x.csv") + ": csv [2, 2]\n");
    files.write("x.txt", "16\n-40\n127\n");
    assertThat(files.raw("x.txt", F, "--raw")).isEqualTo("16 -40 127");
    files.write("x.hex", "10 d8\n7f\n");
    assertThat(files.raw("x.hex", F)).isEqualTo("16 -40 127");
    files.write("x.log", "0.3 -1.3 99\n");
    assertThat(files.raw("x.log", "ap_fixed<8,3,AP_RND,AP_SAT>", "--cast"))
        .isEqualTo("10 -42 127");
    // 0.34375, printed with two digits.
    files.write("y.txt", "0.34\n");
    assertThat(files.raw("y.txt", F, "--digits", "2")).isEqualTo("11");
  }

  @Test
  void mistakesInTexts() throws IOException {
    Path x = files.write("x.csv", "0.5,0.3\n");
    files.assertRefused("x.csv", F, x + ", line 1, column 5: '0.3' is no value of ap_fixed<8,3>: "
        + "the nearest are 0.28125 (raw 9) and 0.3125 (raw 10) (word [1]); --cast takes the word "
        + "that it is cast into");
    Path y = files.write("y.txt", "16\n128\n");
    files.assertRefused("y.txt", F, y + ", line 2, column 1: '128' is out of range for "
        + "ap_fixed<8,3>: raw words lie in -128..127 (word [1])", "--raw");
    Path z = files.write("z.mem", "0");
    files.assertRefused("z.mem", F, "FILE is " + z + ": values are asked for, and a mem file holds"
        + " the bits of words", "--values");
    Path none = files.path("none.txt");
    files.assertRefused("none.txt", F, none + ": no such file");
    Path coe = files.path("none.coe");
    files.assertRefused("none.coe", F,
        "FILE is " + coe + ": it cannot be read: there is no such file");
    Path w = files.write("w.bin", "0");
    files.assertRefused("w.bin", F, "FILE is " + w + ": its name does not end as that of a file of "
        + "words does; --kind says what it is");
  }
}
