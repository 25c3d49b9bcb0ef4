package io.fixlane.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The spellings that compilers and tools print are read, and the canonical one is printed. */
class FormatSpellingTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # g++ prints a template argument of an enum so
      ap_fixed<8, 4, (ap_q_mode)5, (ap_o_mode)3, 0>  | ap_fixed<8,4>
      ap_fixed<8, 4, (ap_q_mode)0, (ap_o_mode)0, 0>  | ap_fixed<8,4,AP_RND,AP_SAT>
      ap_ufixed<16, 6, ( ap_q_mode ) 4, (ap_o_mode)2>  | ap_ufixed<16,6,AP_RND_CONV,AP_SAT_SYM>
      ap_fixed<16,6,5,3,0>               | ap_fixed<16,6>
      ap_fixed<16,6,6,4,2>               | ap_fixed<16,6,AP_TRN_ZERO,AP_WRAP_SM,2>
      ap_fixed<16,6,SC_RND,SC_SAT_ZERO>  | ap_fixed<16,6,AP_RND,AP_SAT_ZERO>
      ap_int<8>                          | ap_fixed<8,8>
      ap_uint< 12 >                      | ap_ufixed<12,12>
      # hls4ml
      'fixed<16,6>'                      | ap_fixed<16,6>
      'ufixed<16,6,RND,SAT,0>'           | ap_ufixed<16,6,AP_RND,AP_SAT>
      'fixed<16,6,RND_CONV,SAT_SYM>'     | ap_fixed<16,6,AP_RND_CONV,AP_SAT_SYM>
      'fixed<16,6,AP_TRN_ZERO,AC_WRAP>'  | ap_fixed<16,6,AP_TRN_ZERO>
      int<8>                             | ap_fixed<8,8>
      uint<8>                            | ap_ufixed<8,8>
      # hlslibs
      'ac_fixed<40,30,true>'             | ap_fixed<40,30>
      'ac_fixed<40,30>'                  | ap_fixed<40,30>
      'ac_fixed<40,30,false,AC_RND_MIN_INF,AC_SAT>' | ap_ufixed<40,30,AP_RND_MIN_INF,AP_SAT>
      'ac_fixed<8,3,true,(ac_q_mode)1,(ac_o_mode)3>' | ap_fixed<8,3,AP_RND,AP_SAT_SYM>
      'ac_fixed<8,3,1,2,2>'              | ap_fixed<8,3,AP_TRN_ZERO,AP_SAT_ZERO>
      'ac_int<8,true>'                   | ap_fixed<8,8>
      'ac_int<8,false>'                  | ap_ufixed<8,8>
      ac_int<8>                          | ap_fixed<8,8>
      """)
  void isReadAsTheTypeItNames(String text, String canonical) {
    assertThat(FixedFormat.parse(text)).hasToString(canonical);
  }

  /** The enums of ap_decl.h, in their order. */
  @Test
  void aNumberIsAPlaceInTheHeadersEnum() {
    String[] quantizations = {
      "AP_RND", "AP_RND_ZERO", "AP_RND_MIN_INF", "AP_RND_INF", "AP_RND_CONV", "AP_TRN",
      "AP_TRN_ZERO"};
    String[] overflows = {"AP_SAT", "AP_SAT_ZERO", "AP_SAT_SYM", "AP_WRAP", "AP_WRAP_SM"};
    for (int q = 0; q < quantizations.length; q++) {
      for (int o = 0; o < overflows.length; o++) {
        assertThat(FixedFormat.parse("ap_fixed<8,3," + q + "," + o + ">"))
            .isEqualTo(FixedFormat.parse(
                "ap_fixed<8,3," + quantizations[q] + "," + overflows[o] + ">"));
      }
    }
  }

  /** The enums of ac_int.h, in their order. */
  @Test
  void aNumberOfAcFixedIsAPlaceInItsOwnEnum() {
    String[] quantizations = {
      "TRN", "RND", "TRN_ZERO", "RND_ZERO", "RND_INF", "RND_MIN_INF", "RND_CONV"};
    String[] overflows = {"WRAP", "SAT", "SAT_ZERO", "SAT_SYM"};
    for (int q = 0; q < quantizations.length; q++) {
      for (int o = 0; o < overflows.length; o++) {
        FixedFormat expected = FixedFormat.parse(
            "ap_fixed<8,3,AP_" + quantizations[q] + ",AP_" + overflows[o] + ">");
        assertThat(FixedFormat.parse("ac_fixed<8,3,true," + q + "," + o + ">")).isEqualTo(expected);
        assertThat(FixedFormat.parse(
            "ac_fixed<8,3,true,AC_" + quantizations[q] + ",AC_" + overflows[o] + ">"))
            .isEqualTo(expected);
        assertThat(
            FixedFormat.parse("fixed<8,3," + quantizations[q] + "," + overflows[o] + ">"))
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      'ac_fixed<8,3,true,AC_RND_CONV_ODD>' | Q is 'AC_RND_CONV_ODD': \
      no mode of ap_fixed rounds ties to the odd word
      'ac_fixed<8,3,true,7>'         | Q is '7': expected one of \
      AC_TRN, AC_RND, AC_TRN_ZERO, AC_RND_ZERO, AC_RND_INF, AC_RND_MIN_INF, AC_RND_CONV
      'ac_fixed<8,3,true,AC_TRN,AC_WRAP_SM>' | O is 'AC_WRAP_SM': expected one of \
      AC_WRAP, AC_SAT, AC_SAT_ZERO, AC_SAT_SYM
      'ac_fixed<8,3,signed>'         | S is 'signed': expected true or false
      'fixed<8,3,TRN,WRAP_SM>'       | O is 'WRAP_SM': expected one of WRAP, SAT, SAT_ZERO, SAT_SYM
      'fixed<8,3,5>'                 | Q is '5': expected one of \
      TRN, RND, TRN_ZERO, RND_ZERO, RND_INF, RND_MIN_INF, RND_CONV
      'ap_fixed<8,3,7>'              | Q is '7': expected one of \
      AP_RND, AP_RND_ZERO, AP_RND_MIN_INF, AP_RND_INF, AP_RND_CONV, AP_TRN, AP_TRN_ZERO
      'ap_fixed<8,3,(ap_o_mode)5>'   | Q is '(ap_o_mode)5': expected one of \
      AP_RND, AP_RND_ZERO, AP_RND_MIN_INF, AP_RND_INF, AP_RND_CONV, AP_TRN, AP_TRN_ZERO
      'ap_int<eight>'                | W is 'eight': \
      expected an integer, an optional - and digits from 0 to 9
      """)
  void aModeThatTheTypeDoesNotHaveIsNamed(String text, String reason) {
    assertThatThrownBy(() -> FixedFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is not a format: %s", text, reason);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      'ap_int<8,3>'    | 2 arguments: a format takes 1, W
      'ac_int<8,1,1>'  | 3 arguments: a format takes 1 to 2, W,S
      'ac_fixed<8>'    | 1 arguments: a format takes 2 to 5, W,I,S,Q,O
      """)
  void aWrongNumberOfArgumentsIsCounted(String text, String reason) {
    assertThatThrownBy(() -> FixedFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' has %s", text, reason);
  }

  /** Three of SystemC's rules are not those of ap_fixed. */
  @ParameterizedTest
  @ValueSource(strings = {"sc_fixed<8,3>", "float<8>", "ap_float<8,3>"})
  void otherTypesAreNoFormats(String text) {
    assertThatThrownBy(() -> FixedFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is not a format");
  }
}
