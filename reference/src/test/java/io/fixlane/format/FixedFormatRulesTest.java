package io.fixlane.format;

import static io.fixlane.format.OverflowMode.AP_WRAP;
import static io.fixlane.format.QuantizationMode.AP_TRN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A format that HLS refuses cannot be made; the message names the value and the rule. */
class FixedFormatRulesTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          true  |   -1 | 3           | AP_WRAP     |  0 | W is -1: the width must lie in 1..4096
          true  |    0 | 3           | AP_WRAP     |  0 | W is 0: the width must lie in 1..4096
          false | 4097 | 3           | AP_WRAP     |  0 | W is 4097: the width must lie in 1..4096
          true  |    8 | 3           | AP_WRAP     | -1 | N is -1: \
          the number of saturated bits must lie in 0..W, and W is 8
          false |    8 | 3           | AP_WRAP     |  9 | N is 9: \
          the number of saturated bits must lie in 0..W, and W is 8
          true  |    8 | 3           | AP_WRAP_SM  |  9 | N is 9: \
          the number of saturated bits must lie in 0..W, and W is 8
          true  |    8 | 3           | AP_SAT      |  9 | N is 9: \
          the number of saturated bits must lie in 0..W, and W is 8
          false |    8 | 3           | AP_WRAP_SM  |  0 | O is AP_WRAP_SM in an ap_ufixed: \
          sign-magnitude wrap needs a signed format
          false |    8 | 3           | AP_WRAP_SM  |  1 | O is AP_WRAP_SM in an ap_ufixed: \
          sign-magnitude wrap needs a signed format
          true  |    8 | -2147483640 | AP_WRAP     |  0 | I is -2147483640 with W 8: \
          the fraction bits W - I must fit in 32 bits
          """)
  void aBrokenRuleIsRefused(boolean signed, int w, int i, OverflowMode o, int n, String message) {
    assertThatThrownBy(() -> new FixedFormat(signed, w, i, AP_TRN, o, n))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1, 0, AP_WRAP, 1",
    "true, 4096, 4096, AP_WRAP_SM, 4096",
    "false, 4096, -4096, AP_WRAP, 4096",
    "true, 8, 2147483647, AP_SAT, 0",
    "true, 8, -2147483639, AP_SAT_SYM, 0",
    "true, 8, 4, AP_SAT, 1",
    "true, 8, 4, AP_SAT_ZERO, 2",
    "false, 8, 3, AP_SAT_SYM, 8"
  })
  void theEdgesOfTheRulesAreAllowed(boolean signed, int w, int i, OverflowMode o, int n) {
    FixedFormat format = new FixedFormat(signed, w, i, AP_TRN, o, n);
    assertThat(format.fractionBits()).isEqualTo(w - i);
    assertThat(format.saturationBits()).isEqualTo(n);
  }

  @ParameterizedTest
  @EnumSource(names = {"AP_WRAP", "AP_WRAP_SM"})
  void aNewModeClearsTheSaturatedBits(OverflowMode o) {
    FixedFormat format = new FixedFormat(true, 8, 3, QuantizationMode.AP_RND, o, 2);
    assertThat(format.withModes(AP_TRN, OverflowMode.AP_SAT))
        .isEqualTo(FixedFormat.signed(8, 3, AP_TRN, OverflowMode.AP_SAT));
  }

  @Test
  void theShortFactoriesTruncateAndWrap() {
    assertThat(FixedFormat.signed(8, 3)).isEqualTo(new FixedFormat(true, 8, 3, AP_TRN, AP_WRAP, 0));
    assertThat(FixedFormat.unsigned(8, 3))
        .isEqualTo(new FixedFormat(false, 8, 3, AP_TRN, AP_WRAP, 0));
    assertThat(FixedFormat.unsigned(8, 3, QuantizationMode.AP_RND, OverflowMode.AP_SAT))
        .isEqualTo(FixedFormat.parse("ap_ufixed<8,3,AP_RND,AP_SAT>"));
  }

  @Test
  void otherBitsLeaveTheModes() {
    FixedFormat format = new FixedFormat(true, 8, 3, QuantizationMode.AP_RND, AP_WRAP, 2);
    assertThat(format.withIntegerBits(-5))
        .isEqualTo(new FixedFormat(true, 8, -5, QuantizationMode.AP_RND, AP_WRAP, 2));
    assertThat(format.withBits(12, 4))
        .isEqualTo(new FixedFormat(true, 12, 4, QuantizationMode.AP_RND, AP_WRAP, 2));
    assertThat(format.withDefaultModes()).isEqualTo(FixedFormat.signed(8, 3));
    assertThat(FixedFormat.integers(8)).isEqualTo(FixedFormat.parse("ap_int<8>"));
  }
}
