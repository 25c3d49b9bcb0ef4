package io.fixlane.reference;

import static io.fixlane.reference.Loops.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A matrix product starts at the bias, casts at every step, ends in relu and the output cast. */
class ReferenceGemmTest {
  private static final String WORD = "ap_fixed<4,4>";
  private static final FixedFormat SATURATING = FixedFormat.parse("ap_fixed<4,4,AP_TRN,AP_SAT>");
  private static final FixedFormat WIDE = FixedFormat.signed(16, 16);

  @Test
  void aHandWorkedProduct() {
    // | 1 2 3 |   | 1  -1 |   |  4  5 |
    // | 4 5 6 | * | 0   3 | = | 10 11 |
    //             | 1   0 |
    List<Fixed> x = words(WORD, 1, 2, 3, 4, 5, 6);
    List<Fixed> y = words(WORD, 1, -1, 0, 3, 1, 0);
    ReferenceGemm gemm = new ReferenceGemm(2, 2, 3, new ReferenceStage(WIDE, false, WIDE));
    assertThat(gemm.run(x, y)).isEqualTo(words("ap_fixed<16,16>", 4, 5, 10, 11));
    assertThat(gemm.run(x, y, words(WORD, -5, 2)))
        .isEqualTo(words("ap_fixed<16,16>", -1, 7, 5, 13));
  }

  @Test
  void theSumStartsAtTheBiasAndSaturatesAtEveryStep() {
    // Column 0: 5, 12 -> 7, 0. Column 1: -8, -1, -8. Bias last would give 5 and -8.
    ReferenceGemm gemm = new ReferenceGemm(1, 2, 2, new ReferenceStage(SATURATING, false, WIDE));
    List<Fixed> y = words(WORD, 7, 7, -7, -7);
    assertThat(gemm.run(words(WORD, 1, 1), y, words(WORD, 5, -8)))
        .isEqualTo(words("ap_fixed<16,16>", 0, -8));
    assertThat(gemm.run(words(WORD, 1, 1), y, words("ap_fixed<8,8>", 40, -40)))
        .as("the bias is cast into the accumulator")
        .isEqualTo(words("ap_fixed<16,16>", 0, -8));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # relu | out                             | -2.5 | 2.5
      false  | ap_fixed<4,4,AP_RND,AP_SAT>     | -2 | 3
      true   | ap_fixed<4,4,AP_RND,AP_SAT>     | 0  | 3
      false  | ap_ufixed<4,4,AP_RND,AP_SAT>    | 0  | 3
      # Without relu a negative sum wraps in an unsigned output.
      false  | ap_ufixed<4,4>                  | 13 | 2
      true   | ap_ufixed<4,4>                  | 0  | 2
      """)
  void reluComesBeforeTheOutputCast(boolean relu, FixedFormat output, long negative,
      long positive) {
    ReferenceGemm gemm =
        new ReferenceGemm(2, 1, 1, new ReferenceStage(FixedFormat.signed(8, 6), relu, output));
    assertThat(gemm.run(words("ap_fixed<4,3>", -5, 5), words(WORD, 1)))
        .containsExactly(Fixed.ofRaw(output, negative), Fixed.ofRaw(output, positive));
  }

  @Property(tries = 200)
  void everyOutputIsTheDotProductOfItsRowAndColumn(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 4) int m,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(max = 6) int k) {
    FixedFormat accumulator = FixedFormat.parse("ap_fixed<6,4,AP_RND_CONV,AP_SAT>");
    List<Fixed> x = Loops.random(random, FixedFormat.signed(5, 2), m * k);
    List<Fixed> y = Loops.random(random, FixedFormat.unsigned(4, 1), k * n);
    List<Fixed> z = new ReferenceGemm(m, n, k, new ReferenceStage(accumulator, false, accumulator))
        .run(x, y);
    assertThat(z).hasSize(m * n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int column = j;
        List<Fixed> ofColumn = IntStream.range(0, k).mapToObj(l -> y.get(l * n + column)).toList();
        assertThat(z.get(i * n + j))
            .isEqualTo(ReferenceDot.dot(x.subList(i * k, (i + 1) * k), ofColumn, accumulator));
      }
    }
  }

  @Test
  void withoutStepsTheBiasIsLeft() {
    ReferenceGemm gemm = new ReferenceGemm(2, 3, 0, new ReferenceStage(SATURATING, true, WIDE));
    assertThat(gemm.run(List.of(), List.of(), words("ap_fixed<8,8>", 5, -5, 100)))
        .isEqualTo(words("ap_fixed<16,16>", 5, 0, 7, 5, 0, 7));
    assertThat(gemm.run(List.of(), List.of()))
        .isEqualTo(words("ap_fixed<16,16>", 0, 0, 0, 0, 0, 0));
  }

  @Test
  void noRowsGiveNoOutput() {
    ReferenceGemm gemm = new ReferenceGemm(0, 2, 1, new ReferenceStage(WIDE, false, WIDE));
    assertThat(gemm.run(List.of(), words(WORD, 1, 2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      5 | 6 | 2 | x has 5 values: it must have 6
      6 | 7 | 2 | y has 7 values: it must have 6
      6 | 6 | 3 | bias has 3 values: it must have 2
      """)
  void wrongNumbersOfValuesAreRefused(int x, int y, int bias, String message) {
    ReferenceGemm gemm = new ReferenceGemm(2, 2, 3, new ReferenceStage(WIDE, false, WIDE));
    assertThatThrownBy(() -> gemm.run(words(WORD, new long[x]), words(WORD, new long[y]),
        words(WORD, new long[bias])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      -1 | 2  | 3  | m is -1: it must be at least 0
      2  | -2 | 3  | n is -2: it must be at least 0
      2  | 2  | -3 | k is -3: it must be at least 0
      """)
  void negativeSizesAreRefused(int m, int n, int k, String message) {
    assertThatThrownBy(() -> new ReferenceGemm(m, n, k, new ReferenceStage(WIDE, false, WIDE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
