package io.fixlane.cli.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A mistake in the arguments of {@code cast} is one line that says what is wrong, and exit code 2.
 */
class CastErrorsTest {
  @ParameterizedTest
  @CsvSource(delimiter = ';', textBlock = """
      0.5; ap_fixed<8>; 'ap_fixed<8>' has 1 arguments: a format takes 2 to 5
      0.5; ap_fixed; the shell takes < and > unless quotes stand around the format
      0.5; ap_fixed<0,3>; W is 0
      0.5; ap_fixed<4097,3>; W is 4097
      0.5; ap_fixed<8,3,RND>; Q is 'RND'
      0.5; ap_fixed<8,3,AP_RND,AP_SAT,9>; N is 9
      0.5; ac_fixed<8,3,true,AC_RND_CONV_ODD>; no mode of ap_fixed rounds ties to the odd word
      0.5; sc_fixed<8,3>; 'sc_fixed<8,3>' is not a format
      1 + 2@ap_fixed<8,3>; ap_fixed<8,3>; column 1: expected an operand with its format
      1@ap_fixed<8,3> +; ap_fixed<8,3>; column 18: expected an operand with its format
      1@ap_fixed<8,3> % 1@ap_fixed<8,3>; ap_fixed<8,3>; column 17: expected an operator
      (1@ap_fixed<8,3>; ap_fixed<8,3>; column 17: expected ')'
      1@ap_fixed<8,3> << 1.5@ap_fixed<8,3>; ap_fixed<8,3>; column 21: expected an operator
      1@ap_fixed<8,3> >> 2147483648; ap_fixed<8,3>; expected the number of bits to shift by
      1@ap_fixed<8,3> / 0@ap_fixed<8,3>; ap_fixed<8,3>; division of 1 (ap_fixed<8,3> raw 32
      1@ap_fixed<4096,3> * 1@ap_fixed<8,3>; ap_fixed<8,3>; needs W 4104
      one@ap_fixed<8,3> + 1@ap_fixed<8,3>; ap_fixed<8,3>; 'one' is not a value
      1@ap_fixed + 1@ap_fixed<8,3>; ap_fixed<8,3>; the shell takes < and >
      raw:128@ap_fixed<8,3> + 1@ap_fixed<8,3>; ap_fixed<8,3>; raw word 128 is out of range
      inf@ap_fixed<8,3> + 1@ap_fixed<8,3>; ap_fixed<8,3>; value is Infinity
      0.5; ap_ufixed<8,3,AP_RND,AP_WRAP_SM>; AP_WRAP_SM
      half; ap_fixed<8,3>; 'half' is not a value
      --half; ap_fixed<8,3>; '--half' is not a value
      NaN; ap_fixed<8,3,AP_TRN,AP_SAT>; VALUE is NaN
      inf; ap_fixed<8,3>; value is Infinity
      1/0; ap_fixed<8,3>; divides by zero
      1e999999999; ap_fixed<8,3>; has the exponent 999999999
      1e-99999999999999999999; ap_fixed<8,3>; has the exponent -99999999999999999999
      0x1p999999999; ap_fixed<8,3>; has the exponent 999999999
      1/3; ap_fixed<8,-2000000000>; has 2000000008 fraction bits
      1/3; ap_fixed<8,2000000000>; has -1999999992 fraction bits
      raw:128@ap_fixed<8,3>; ap_fixed<8,3>; raw word 128 is out of range
      raw:-1@ap_ufixed<8,3>; ap_fixed<8,3>; raw word -1 is out of range
      raw:0x1ff@ap_fixed<8,3>; ap_fixed<8,3>; has 9 bits
      raw:1@ap_fixed; ap_fixed<8,3>; the shell takes
      """)
  void aValueOrFormatThatCannotBe(String value, String format, String message) {
    Run run = Run.of("cast", value, format);
    assertThat(run.err()).startsWith("fixlane: ").contains(message).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.5"})
  void aMissingArgument(String value) {
    Run run = value.isEmpty() ? Run.of("cast") : Run.of("cast", value);
    assertThat(run.err()).contains("Missing required parameter", "FORMAT",
        "Try 'fixlane cast --help'.");
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void nestingWithoutEnd() {
    Run run = Run.of("cast", "(".repeat(100_000) + "1@ap_fixed<8,3>", "ap_fixed<8,3>");
    assertThat(run.err()).contains("at most 100 nested operators").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aBadFormatLateInTheChainPrintsNothingBefore() {
    Run run = Run.of("cast", "0.5", "ap_fixed<8,3>", "ap_fixed<8,3,AP_SAT>");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.5", "-1e-3", "-5/3", "-0x1p-1", "-.5", "-1"})
  void aNegativeValueIsNoOption(String value) {
    Run plain = Run.of("cast", value, "ap_fixed<8,3>");
    assertThat(plain.exitCode()).isZero();
    assertThat(plain.out()).startsWith("Cast: " + value + " -> ap_fixed<8,3>\n");
    assertThat(Run.of("cast", "--", value, "ap_fixed<8,3>")).isEqualTo(plain);
  }
}
