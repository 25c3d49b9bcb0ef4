package io.fixlane.reference;

import static io.fixlane.reference.Loops.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accumulator of a dot product is cast at every step, in ascending order. */
class ReferenceDotTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # s after each step, from 7, 7, -7 or another order of them
      ap_fixed<4,4,AP_TRN,AP_SAT>      | 7 7 -7 | 0     | 7, 14 -> 7, 0
      ap_fixed<4,4,AP_TRN,AP_SAT>      | 7 -7 7 | 7     | 7, 0, 7
      ap_fixed<4,4,AP_TRN,AP_SAT>      | -7 7 7 | 7     | -7, 0, 7
      ap_fixed<4,4,AP_TRN,AP_SAT>      | -7 -7 7 | -1   | -7, -14 -> -8, -1
      ap_fixed<4,4,AP_TRN,AP_SAT_SYM>  | -7 -7 7 | 0    | -7, -14 -> -7, 0
      ap_fixed<4,4,AP_TRN,AP_SAT_ZERO> | 7 7 -7 | -7    | 7, 14 -> 0, -7
      ap_fixed<4,4>                    | 7 7 -7 | 7     | 7, 14 -> -2, -9 -> 7
      ap_ufixed<4,4,AP_TRN,AP_SAT>     | -7 7 7 | 14    | -7 -> 0, 7, 14
      """)
  void theOrderOfTheStepsMatters(FixedFormat accumulator, String x, long expected) {
    long[] raws = Stream.of(x.split(" ")).mapToLong(Long::parseLong).toArray();
    Fixed sum = ReferenceDot.dot(words("ap_fixed<4,4>", raws), words("ap_fixed<2,2>", 1, 1, 1),
        accumulator);
    assertThat(sum).isEqualTo(Fixed.ofRaw(accumulator, expected));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # four times 0.5, rounded to an integer each time: 0.5, then the last s + 0.5
      ap_fixed<8,8,AP_RND>         | 4
      ap_fixed<8,8,AP_RND_INF>     | 4
      ap_fixed<8,8,AP_RND_ZERO>    | 0
      ap_fixed<8,8,AP_RND_MIN_INF> | 0
      ap_fixed<8,8,AP_RND_CONV>    | 0
      ap_fixed<8,8,AP_TRN>         | 0
      ap_fixed<8,7>                | 4
      """)
  void everyStepIsRounded(FixedFormat accumulator, long expected) {
    List<Fixed> halves = words("ap_fixed<4,3>", 1, 1, 1, 1);
    List<Fixed> ones = words("ap_fixed<2,2>", 1, 1, 1, 1);
    assertThat(ReferenceDot.dot(halves, ones, accumulator))
        .isEqualTo(Fixed.ofRaw(accumulator, expected));
  }

  @Test
  void aProductIsAddedExactlyBeforeTheCast() {
    // -7 + 14 is 7; a product cast by itself would be 7, and the sum 0.
    FixedFormat accumulator = FixedFormat.parse("ap_fixed<4,4,AP_TRN,AP_SAT>");
    List<Fixed> x = words("ap_fixed<4,4>", -7, 7);
    List<Fixed> y = words("ap_fixed<3,3>", 1, 2);
    assertThat(ReferenceDot.dot(x, y, accumulator)).isEqualTo(Fixed.ofRaw(accumulator, 7));
  }

  @Test
  void operandsMayDifferInFormat() {
    // 0.75 * 12 + -1 * 4 = 5
    List<Fixed> x = words("ap_fixed<4,1>", 6, -8);
    List<Fixed> y = words("ap_ufixed<4,6>", 3, 1);
    FixedFormat accumulator = FixedFormat.signed(8, 8);
    assertThat(ReferenceDot.dot(x, y, accumulator)).isEqualTo(Fixed.ofRaw(accumulator, 5));
  }

  @Test
  void anEmptySumIsZero() {
    FixedFormat accumulator = FixedFormat.signed(8, 3);
    assertThat(ReferenceDot.dot(List.of(), List.of(), accumulator))
        .isEqualTo(Fixed.ofRaw(accumulator, 0));
  }

  @Test
  void lengthsMustAgree() {
    List<Fixed> three = words("ap_fixed<4,4>", 1, 2, 3);
    List<Fixed> two = words("ap_fixed<4,4>", 1, 2);
    FixedFormat accumulator = FixedFormat.signed(8, 8);
    assertThatThrownBy(() -> ReferenceDot.dot(three, two, accumulator))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("y has 2 values: it must have 3");
  }
}
