package io.fixlane.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.arbitrary.Formats;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The C++ text of a format is read and printed as C++ has it. */
class FixedFormatTextTest {
  @Provide
  Arbitrary<FixedFormat> allFormats() {
    return Formats.of(
        Arbitraries.integers().between(1, FixedFormat.MAX_WIDTH),
        Arbitraries.integers().between(FixedFormat.MAX_WIDTH - Integer.MAX_VALUE,
            Integer.MAX_VALUE));
  }

  @Property
  void parseReadsWhatPrintWrites(@ForAll("allFormats") FixedFormat format) {
    assertThat(FixedFormat.parse(format.toString())).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,3,AP_TRN,AP_WRAP,0>    | ap_fixed<8,3>
      ap_ufixed<8,-3,AP_TRN,AP_WRAP,0>  | ap_ufixed<8,-3>
      ap_fixed<8,30,AP_RND,AP_WRAP,0>   | ap_fixed<8,30,AP_RND>
      ap_fixed<8,3,AP_TRN,AP_SAT,0>     | ap_fixed<8,3,AP_TRN,AP_SAT>
      ap_fixed<8,3,AP_TRN,AP_WRAP,2>    | ap_fixed<8,3,AP_TRN,AP_WRAP,2>
      ap_fixed<8,4,AP_RND,AP_SAT,1>     | ap_fixed<8,4,AP_RND,AP_SAT,1>
      ap_fixed<8,3,AP_RND_CONV,AP_WRAP_SM,8> | ap_fixed<8,3,AP_RND_CONV,AP_WRAP_SM,8>
      """)
  void trailingDefaultsAreLeftOut(String full, String printed) {
    assertThat(FixedFormat.parse(full)).hasToString(printed).isEqualTo(FixedFormat.parse(printed));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      '  ap_fixed<8,3,AP_RND,AP_SAT>  '
      'ap_fixed < 8 , 3 , AP_RND , AP_SAT >'
      'ap_fixed<8, 3, AP_RND, AP_SAT, 0>'
      '\tap_fixed\t<8,\t3,AP_RND,AP_SAT\t>\t'
      """)
  void blanksMayStandAroundEveryToken(String text) {
    assertThat(FixedFormat.parse(text)).hasToString("ap_fixed<8,3,AP_RND,AP_SAT>");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ''
      Fixed<8,3>
      ap_int8
      AP_FIXED<8,3>
      ap_fixed
      ap_fixed 8,3
      ap_fixed<8,3
      ap_fixed<8,3>>
      ap_fixed<8,3>;
      ap_fixed<8,ap_fixed<8,3>>
      ap _fixed<8,3>
      """)
  void anotherShapeIsRefused(String text) {
    assertThatThrownBy(() -> FixedFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is not a format: expected ap_fixed<W,I,Q,O,N> or ap_ufixed<W,I,Q,O,N>",
            text);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<>                                  | 1
      ap_fixed<8>                                 | 1
      ap_ufixed<8,3,AP_TRN,AP_WRAP,0,0>           | 6
      """)
  void anotherNumberOfArgumentsIsRefused(String text, int arguments) {
    assertThatThrownBy(() -> FixedFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' has %d arguments: a format takes 2 to 5, W,I,Q,O,N", text, arguments);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          ap_fixed<8,2147483648>          | I is '2147483648': expected an integer of 32 bits
          ap_fixed<8,-2147483649>         | I is '-2147483649': expected an integer of 32 bits
          ap_fixed<8,3,RND>               | Q is 'RND': expected one of \
          AP_RND, AP_RND_ZERO, AP_RND_MIN_INF, AP_RND_INF, AP_RND_CONV, AP_TRN, AP_TRN_ZERO
          ap_fixed<8,3,AP_SAT>            | Q is 'AP_SAT': expected one of \
          AP_RND, AP_RND_ZERO, AP_RND_MIN_INF, AP_RND_INF, AP_RND_CONV, AP_TRN, AP_TRN_ZERO
          ap_fixed<8,3,AP_TRN,ap_sat>     | O is 'ap_sat': expected one of \
          AP_SAT, AP_SAT_ZERO, AP_SAT_SYM, AP_WRAP, AP_WRAP_SM
          ap_fixed<0,3>                   | W is 0: the width must lie in 1..4096
          ap_ufixed<8,3,AP_TRN,AP_WRAP_SM> | O is AP_WRAP_SM in an ap_ufixed: \
          sign-magnitude wrap needs a signed format
          """)
  void aWrongArgumentIsNamedWithItsRule(String text, String reason) {
    assertThatThrownBy(() -> FixedFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is not a format: %s", text, reason);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<,3>                    | W | ''
      ap_fixed<eight,3>               | W | eight
      ap_fixed<+8,3>                  | W | +8
      ap_fixed<8,3.5>                 | I | 3.5
      ap_fixed<8,+3>                  | I | +3
      ap_fixed<8,-+3>                 | I | -+3
      ap_fixed<8,- 3>                 | I | - 3
      ap_fixed<8,-->                  | I | --
      ap_fixed<8,->                   | I | -
      ap_fixed<8,0x3>                 | I | 0x3
      ap_fixed<8,3,AP_TRN,AP_WRAP,x>  | N | x
      # The digits 8 and 3 of Arabic, and an 8 of full width: Integer.parseInt takes them.
      ap_fixed<\u0668,3>              | W | \u0668
      ap_fixed<8,-\u0663>             | I | -\u0663
      ap_fixed<\uff18,3>              | W | \uff18
      """)
  void anIntegerIsAnOptionalMinusAndAsciiDigits(String text, String name, String argument) {
    assertThatThrownBy(() -> FixedFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is not a format: %s is '%s': "
            + "expected an integer, an optional - and digits from 0 to 9", text, name, argument);
  }
}
