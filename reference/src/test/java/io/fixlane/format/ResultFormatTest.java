package io.fixlane.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format that C++ gives the exact result of an operator. */
class ResultFormatTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # x | y | x + y | x - y
      # The same sign: one carry bit above the higher top, down to the lower bottom.
      ap_fixed<8,3>   | ap_fixed<8,3>   | ap_fixed<9,4>   | ap_fixed<9,4>
      ap_fixed<8,3>   | ap_fixed<6,5>   | ap_fixed<11,6>  | ap_fixed<11,6>
      ap_ufixed<8,3>  | ap_ufixed<6,5>  | ap_ufixed<11,6> | ap_fixed<11,6>
      # Mixed signs: the unsigned operand needs a sign bit first.
      ap_ufixed<8,3>  | ap_fixed<8,3>   | ap_fixed<10,5>  | ap_fixed<10,5>
      ap_fixed<8,3>   | ap_ufixed<8,3>  | ap_fixed<10,5>  | ap_fixed<10,5>
      ap_fixed<8,6>   | ap_ufixed<8,3>  | ap_fixed<12,7>  | ap_fixed<12,7>
      # I > W: bits below the word's lowest are not there, and F is negative.
      ap_fixed<4,6>   | ap_fixed<4,6>   | ap_fixed<5,7>   | ap_fixed<5,7>
      ap_fixed<4,6>   | ap_fixed<4,2>   | ap_fixed<9,7>   | ap_fixed<9,7>
      ap_ufixed<4,6>  | ap_ufixed<4,9>  | ap_ufixed<8,10> | ap_fixed<8,10>
      # I < 0: the word lies wholly below the binary point.
      ap_fixed<4,-2>  | ap_fixed<4,-2>  | ap_fixed<5,-1>  | ap_fixed<5,-1>
      ap_fixed<4,-2>  | ap_ufixed<3,2>  | ap_fixed<10,4>  | ap_fixed<10,4>
      ap_ufixed<1,0>  | ap_fixed<1,1>   | ap_fixed<3,2>   | ap_fixed<3,2>
      """)
  void sumsAndDifferences(FixedFormat x, FixedFormat y, FixedFormat sum, FixedFormat difference) {
    assertThat(x.plus(y)).isEqualTo(sum);
    assertThat(x.minus(y)).isEqualTo(difference);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # x | y | x * y | x / y
      ap_fixed<8,3>   | ap_fixed<8,3>   | ap_fixed<16,6>  | ap_fixed<14,9>
      ap_fixed<8,3>   | ap_fixed<6,5>   | ap_fixed<14,8>  | ap_fixed<10,5>
      ap_ufixed<8,3>  | ap_ufixed<6,5>  | ap_ufixed<14,8> | ap_ufixed<9,4>
      ap_ufixed<8,3>  | ap_fixed<8,3>   | ap_fixed<16,6>  | ap_fixed<14,9>
      ap_fixed<8,3>   | ap_ufixed<8,3>  | ap_fixed<16,6>  | ap_fixed<13,8>
      ap_fixed<8,6>   | ap_ufixed<8,3>  | ap_fixed<16,9>  | ap_fixed<13,11>
      # I > W: bits below the word's lowest are not there, and F is negative.
      ap_fixed<4,6>   | ap_fixed<4,6>   | ap_fixed<8,12>  | ap_fixed<5,5>
      ap_fixed<4,6>   | ap_fixed<4,2>   | ap_fixed<8,8>   | ap_fixed<7,9>
      ap_ufixed<4,6>  | ap_ufixed<4,9>  | ap_ufixed<8,15> | ap_ufixed<4,1>
      # I < 0: the word lies wholly below the binary point.
      ap_fixed<4,-2>  | ap_fixed<4,-2>  | ap_fixed<8,-4>  | ap_fixed<11,5>
      ap_fixed<4,-2>  | ap_ufixed<3,2>  | ap_fixed<7,0>   | ap_fixed<5,-1>
      ap_ufixed<1,0>  | ap_fixed<1,1>   | ap_fixed<2,1>   | ap_fixed<2,1>
      """)
  void productsAndQuotients(FixedFormat x, FixedFormat y, FixedFormat product,
      FixedFormat quotient) {
    assertThat(x.times(y)).isEqualTo(product);
    assertThat(x.dividedBy(y)).isEqualTo(quotient);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,3>  | ap_fixed<9,4>
      ap_ufixed<8,3> | ap_fixed<9,4>
      ap_fixed<1,9>  | ap_fixed<2,10>
      ap_ufixed<4,-4> | ap_fixed<5,-3>
      """)
  void aNegationIsSignedAndOneBitWider(FixedFormat x, FixedFormat negation) {
    assertThat(x.negate()).isEqualTo(negation);
  }

  @Test
  void theModesOfTheOperandsAreNotTakenOver() {
    FixedFormat x = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");
    FixedFormat y = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_WRAP,2>");
    assertThat(x.plus(y)).hasToString("ap_fixed<9,4>");
    assertThat(x.minus(y)).hasToString("ap_fixed<9,4>");
    assertThat(x.times(y)).hasToString("ap_fixed<16,6>");
    assertThat(x.dividedBy(y)).hasToString("ap_fixed<14,9>");
    assertThat(y.negate()).hasToString("ap_fixed<9,4>");
  }

  @Test
  void theWidestResultsAreMade() {
    assertThat(FixedFormat.signed(2048, 0).times(FixedFormat.signed(2048, 9)).width())
        .isEqualTo(4096);
    assertThat(FixedFormat.signed(4095, 0).plus(FixedFormat.signed(4095, 0)).width())
        .isEqualTo(4096);
    assertThat(FixedFormat.unsigned(4095, 0).negate().width()).isEqualTo(4096);
    assertThat(FixedFormat.signed(4095, 0).dividedBy(FixedFormat.signed(4096, 5000)).width())
        .isEqualTo(4096);
  }

  @Test
  void aResultThatIsTooWideIsRefused() {
    FixedFormat widest = FixedFormat.signed(4096, 7);
    FixedFormat bit = FixedFormat.signed(1, 1);
    String rule = ": the width must lie in 1..4096 and I must fit in 32 bits";
    assertRefused(() -> widest.plus(bit),
        "the sum of ap_fixed<4096,7> and ap_fixed<1,1> needs W 4097 and I 8" + rule);
    assertRefused(() -> widest.minus(bit),
        "the difference of ap_fixed<4096,7> and ap_fixed<1,1> needs W 4097 and I 8" + rule);
    assertRefused(() -> widest.times(bit),
        "the product of ap_fixed<4096,7> and ap_fixed<1,1> needs W 4097 and I 8" + rule);
    assertRefused(() -> widest.dividedBy(bit),
        "the quotient of ap_fixed<4096,7> and ap_fixed<1,1> needs W 4097 and I 8" + rule);
    assertRefused(widest::negate, "the negation of ap_fixed<4096,7> needs W 4097 and I 8" + rule);
  }

  @Test
  void aResultWhoseBinaryPointIsOutOfReachIsRefused() {
    FixedFormat high = FixedFormat.signed(8, 2_000_000_000);
    FixedFormat low = FixedFormat.signed(8, -2_000_000_000);
    assertRefused(() -> high.times(high), "needs W 16 and I 4000000000");
    assertRefused(() -> low.times(low), "needs W 16 and I -4000000000");
    assertRefused(() -> high.plus(low), "needs W 4000000009 and I 2000000001");
    assertRefused(() -> high.dividedBy(low), "needs W 2000000017 and I 4000000009");
  }

  private static void assertRefused(Runnable operation, String message) {
    assertThatThrownBy(operation::run).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
