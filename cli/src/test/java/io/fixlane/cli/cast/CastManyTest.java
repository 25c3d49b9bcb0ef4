package io.fixlane.cli.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cast} shows several values, of the command line or of a file, as a table. */
class CastManyTest {
  @TempDir
  private Path folder;

  @Test
  void everyValueHasARow() {
    Run run = Run.of(
        "cast", "0.34375", "-1", "0.3", "raw:0xFB@ap_fixed<8,3>", "9", "ap_fixed<6,3>");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("""
        cast                    raw   hex  value
        0.34375                   2  0x02   0.25  rounded
        -1                       -8  0x38     -1  exact
        0.3                       2  0x02   0.25  rounded
        raw:0xFB@ap_fixed<8,3>   -2  0x3E  -0.25  rounded
        9                         8  0x08      1  overflow
        """);
  }

  @Test
  void aChainSaysWhichCastLostSomething() {
    Run run = Run.of("cast", "0.34375", "3", "ap_fixed<8,3>", "ap_fixed<4,2,AP_RND_CONV,AP_SAT>");
    assertThat(run.out()).isEqualTo("""
        cast     raw  hex  value
        0.34375    1  0x1   0.25  rounded in cast 2
        3          7  0x7   1.75  overflow in cast 2
        """);
  }

  @Test
  void aDecimalWhoseDoubleGivesAnotherWordIsTold() {
    Run run = Run.of("cast", "0.1", "0.1d", "0.5", "ap_fixed<64,1>");
    assertThat(run.out().lines().skip(1)).satisfiesExactly(
        row -> assertThat(row).contains(" 922337203685477580 ")
            .endsWith("rounded; the double 0.1, as C++ reads it, gives raw 922337203685477632"),
        row -> assertThat(row).contains(" 922337203685477632 ").endsWith("  exact"),
        row -> assertThat(row).contains(" 4611686018427387904 ").endsWith("  exact"));
  }

  @Test
  void aFileHoldsAValueALine() throws IOException {
    Path file = Files.writeString(folder.resolve("values"),
        "# weights\n0.34375\r\n\n  0.5@ap_fixed<8,3> + 1@ap_fixed<8,3>  \n");
    Run run = Run.of("cast", "--file", file.toString(), "ap_fixed<6,3>");
    assertThat(run.out()).isEqualTo(Run.of("cast", "0.34375",
        "0.5@ap_fixed<8,3> + 1@ap_fixed<8,3>", "ap_fixed<6,3>").out());
  }

  @ParameterizedTest
  @CsvSource({"-", "--file=-"})
  void aMinusIsStandardInput(String argument) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("0.25\n-3\n".getBytes(StandardCharsets.US_ASCII)));
    try {
      assertThat(Run.of("cast", argument, "ap_fixed<6,3>").out())
          .isEqualTo(Run.of("cast", "0.25", "-3", "ap_fixed<6,3>").out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aBrokenLineIsNamedAndNothingIsPrinted() throws IOException {
    Path file = Files.writeString(folder.resolve("values"), "1\n\ntwo\n");
    Run run = Run.of("cast", "--file", file.toString(), "ap_fixed<6,3>");
    assertThat(run.err()).startsWith("fixlane: " + file + ", line 3: 'two' is not a value")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    String file = folder.resolve("none").toString();
    Run run = Run.of("cast", "--file", file, "ap_fixed<6,3>");
    assertThat(run.err()).isEqualTo("fixlane: " + file + " cannot be read: no such file\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';',
      textBlock = """
          2@ap_fixed<8,4> + 3@ap_fixed<8,4> * 1.5@ap_fixed<8,4>       ; 6.5
          (2@ap_fixed<8,4> + 3@ap_fixed<8,4>) * 1.5@ap_fixed<8,4>     ; 7.5
          7@ap_fixed<8,4> - 3@ap_fixed<8,4> - 1@ap_fixed<8,4>         ; 3
          1@ap_fixed<8,4> << 1 + 0@ap_fixed<8,4>              ; column 22: expected an integer alone
          5@ap_int<8> & 3@ap_int<8> | 8@ap_int<8>                     ; 9
          5@ap_int<8> ^ 3@ap_int<8> & 2@ap_int<8>                     ; 7
          ~5@ap_int<8>                                                ; -6
          -(1@ap_int<8>) - -2@ap_int<8>                               ; 1
          - 1@ap_int<8>                                               ; -1
          7@ap_int<8> / 2@ap_int<8>                                   ; 3
          0.75@ap_fixed<8,3>>>1                                       ; 0.375
          -3@ap_int<8> >> -2                                          ; -12
          """)
  void anExpressionHasTheValueOfC(String expression, String value) {
    Run run = Run.of("cast", expression, "1", "ap_fixed<32,16>");
    if (value.startsWith("column")) {
      assertThat(run.err()).contains(value);
      return;
    }
    FixedFormat format = FixedFormat.signed(32, 16);
    String raw = Fixed.from(format, value).raw().toString();
    assertThat(run.out().lines().skip(1).findFirst().orElseThrow())
        .contains(" " + raw + " ").contains(" " + value + " ").endsWith("exact");
  }
}
