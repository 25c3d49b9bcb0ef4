package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a value shows of itself, and the words that it refuses. */
class FixedTextTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,3>    | 11   | 000.01011 | 0.34375
      ap_fixed<8,3>    | -11  | 111.10101 | -0.34375
      ap_fixed<8,3>    | -128 | 100.00000 | -4
      ap_ufixed<8,3>   | 255  | 111.11111 | 7.96875
      ap_fixed<8,3>    | 0    | 000.00000 | 0
      # The binary point stands among the bits, or is not shown.
      ap_fixed<4,4>    | -8   | 1000      | -8
      ap_fixed<4,0>    | 5    | 0101      | 0.3125
      ap_fixed<4,-2>   | -1   | 1111      | -0.015625
      ap_fixed<4,8>    | 5    | 0101      | 80
      ap_fixed<1,1>    | -1   | 1         | -1
      ap_fixed<2,1,AP_RND,AP_SAT> | 1 | 0.1 | 0.5
      """)
  void bitsAndText(FixedFormat format, long raw, String bits, String value) {
    Fixed x = Fixed.ofRaw(raw, format);
    assertThat(x.toBits()).isEqualTo(bits);
    assertThat(x).hasToString(value + " (" + format + " raw " + raw + ", " + bits + ")");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,3>                  | 128  | -128..127
      ap_fixed<8,3>                  | -129 | -128..127
      ap_ufixed<8,3>                 | 256  | 0..255
      ap_ufixed<8,3,AP_RND,AP_SAT>   | -1   | 0..255
      ap_fixed<1,0>                  | 1    | -1..0
      """)
  void aWordOutOfRangeIsRefused(FixedFormat format, long raw, String range) {
    assertThatThrownBy(() -> Fixed.ofRaw(raw, format))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("raw word %d is out of range for %s: it must lie in %s", raw, format, range);
  }
}
