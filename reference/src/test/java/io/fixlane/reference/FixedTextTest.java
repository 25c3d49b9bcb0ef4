package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
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
    Fixed x = Fixed.ofRaw(format, raw);
    assertThat(x.toBits()).isEqualTo(bits);
    assertThat(x).hasToString(value + " (" + format + " raw " + raw + ", " + bits + ")");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,-4089>       | 11 | 11 x 2^-4097
      ap_fixed<8,4105>        | 11 | 11 x 2^4097
      ap_fixed<8,-2147483639> | -5 | -5 x 2^-2147483647
      ap_fixed<8,2147483647>  | -5 | -5 x 2^2147483639
      ap_fixed<8,-2147483639> | 0  | 0 x 2^-2147483647
      # The fewest fraction bits there are.
      ap_ufixed<1,2147483647> | 1  | 1 x 2^2147483646
      """)
  void aFarValueIsLeftAsAPowerOfTwo(FixedFormat format, long raw, String value) {
    Fixed x = Fixed.ofRaw(format, raw);
    assertThat(x).hasToString(value + " (" + format + " raw " + raw + ", " + x.toBits() + ")");
  }

  @Test
  void theLastValueThatIsShownAsADecimalHas4096FractionBits() {
    assertThat(Fixed.ofRaw(FixedFormat.signed(8, -4088), 11).toString())
        .startsWith(BigDecimal.valueOf(11).divide(new BigDecimal(BigInteger.TWO.pow(4096)))
            .toPlainString() + " (");
    assertThat(Fixed.ofRaw(FixedFormat.signed(8, 4104), 11).toString())
        .startsWith(BigInteger.valueOf(11).shiftLeft(4096) + " (");
  }

  @Test
  void aFarDecimalIsBeyondTheRangeOfABigInteger() {
    Fixed tiny = Fixed.ofRaw(FixedFormat.signed(8, -2_147_483_639), 1);
    assertThatThrownBy(tiny::toBigDecimal).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void aDivisionByZeroIsRefusedWhateverTheDividend() {
    Fixed tiny = Fixed.ofRaw(FixedFormat.signed(8, -2_147_483_639), 1);
    assertThatThrownBy(() -> tiny.dividedBy(Fixed.of(0)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("division of %s by zero", tiny);
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
    assertThatThrownBy(() -> Fixed.ofRaw(format, raw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("raw word %d is out of range for %s: it must lie in %s", raw, format, range);
  }
}
