package io.fixlane.kernels.khot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotCost;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.KHotMultiply;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.lanes.ShiftTerm;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** K-hot words: every narrow one is the reference's, and their planes and costs add up. */
class KHotTest {
  private static final int WIDEST = 10;
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);

  private static FixedTensor words(FixedFormat format, long... raw) {
    FixedTensor words = FixedTensor.allocate(format, raw.length);
    for (int i = 0; i < raw.length; i++) {
      words.setRaw(i, raw[i]);
    }
    return words;
  }

  @ParameterizedTest
  @EnumSource
  void everyNarrowWordBecomesWhatTheReferenceMakesOfIt(KHotRule rule) {
    for (int width = 1; width <= WIDEST; width++) {
      for (FixedFormat format : List.of(FixedFormat.signed(width, 2),
          FixedFormat.unsigned(width, 2))) {
        FixedTensor all = words(format,
            IntStream.range(0, 1 << width).mapToLong(i -> format.minRaw().longValue() + i)
                .toArray());
        for (int k = 1; k <= width; k++) {
          FixedTensor encoded = KHot.of(k, rule).encode(all);
          ReferenceKHot reference = new ReferenceKHot(k, rule);
          Words.assertWords(KHot.of(k, rule), encoded,
              i -> reference.encode(all.value(i)).raw());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # 2^64 - 1, 2^64 - 2^62 - 2^60, -2^63, -2^63 + 1, 2^63 - 1; unsigned words as bits.
      false | SIGNED_DIGITS | 2 | -1 | -1 | [+2^64, -2^0]
      false | SIGNED_DIGITS | 1 | -1 | -9223372036854775808 | [+2^63]
      false | NEAREST | 1 | -1 | -9223372036854775808 | [+2^63]
      false | SIGNED_DIGITS | 2 | -5764607523034234880 | -4611686018427387904 | [+2^64, -2^62]
      true | SIGNED_DIGITS | 1 | -9223372036854775808 | -9223372036854775808 | [-2^63]
      true | NEAREST | 1 | -9223372036854775807 | -9223372036854775808 | [-2^63]
      true | NEAREST | 1 | 9223372036854775807 | 4611686018427387904 | [+2^62]
      true | SIGNED_DIGITS | 2 | 9223372036854775807 | 9223372036854775807 | [+2^63, -2^0]
      """)
  void wordsThatFillALong(
      boolean signed, KHotRule rule, int k, long word, long encoded, String terms) {
    FixedFormat format = signed ? FixedFormat.signed(64, 64) : FixedFormat.unsigned(64, 64);
    KHot khot = KHot.of(k, rule);
    assertThat(khot.encode(words(format, word)).raw(0)).isEqualTo(encoded);
    assertThat(khot.terms(words(format, word), 0)).hasToString(terms);
  }

  @Test
  void theTensorThatIsEncodedStaysAsItIsAndTheShapeIsKept() {
    FixedTensor words = Words.tensor(S8, new Random(1), 2, 3, 5);
    FixedTensor before = FixedTensor.allocate(S8, 2, 3, 5);
    before.segment().copyFrom(words.segment());
    FixedTensor encoded = KHot.of(1, KHotRule.NEAREST).encode(words);
    assertThat(encoded.shape()).containsExactly(2, 3, 5);
    assertThat(words.contentEquals(before)).isTrue();
  }

  @Test
  void planesHoldOneTermOfEachWord() {
    // 127 = 128 - 1; -5 = -4 - 1; 0 has no term, and 64 one.
    KHotTerms terms =
        KHotTerms.of(words(S8, 127, -5, 0, 64), KHotRule.SIGNED_DIGITS);
    assertThat(terms.planes()).isEqualTo(2);
    assertThat(terms.count()).isEqualTo(5);
    assertThat(terms.shifted()).isEqualTo(3);
    assertThat(IntStream.range(0, 8).mapToObj(i -> text(terms.codes()[i])))
        .containsExactly("+7", "-2", "none", "+6", "-0", "-0", "none", "none");
  }

  private static String text(byte code) {
    return !ShiftTerm.isPresent(code)
        ? "none"
        : (ShiftTerm.isNegative(code) ? "-" : "+") + ShiftTerm.shift(code);
  }

  @Test
  void weightsOfZerosHaveAPlaneWithoutTerms() {
    KHotTerms terms = KHotTerms.of(words(S8, 0, 0), KHotRule.TRUNCATE);
    assertThat(terms.planes()).isEqualTo(1);
    assertThat(terms.codes()).containsExactly(0, 0);
    assertThat(KHot.of(3, KHotRule.TRUNCATE).cost(S8, words(S8, 0, 0)).maxTerms()).isZero();
  }

  @Test
  void whatALayerCosts() {
    // 109 = 128 - 16 - 4 + 1, -60 = -64 + 4, 1 and 0, of which three digits are kept: 3, 2, 1 and 0
    // terms, all but the last of 1 shifted; a term less than that each are adders.
    KHotCost cost = KHot.of(3, KHotRule.SIGNED_DIGITS)
        .cost(FixedFormat.unsigned(8, 2), words(S8, 109, -60, 1, 0));
    assertThat(cost).isEqualTo(
        new KHotCost(FixedFormat.unsigned(8, 2), S8, 4, 1, 6, 3, 3, 5, 3));
    assertThat(cost.multipliers()).isEqualTo(3);
    assertThat(cost).hasToString(
        "4 weights of ap_fixed<8,3>, 1 of them 0, as 6 terms, at most 3 each: 3 adders; 5 shifts,"
            + " all constant wires (3 barrel shifters a unit if weights come from memory)."
            + " Avoided for x of ap_ufixed<8,2>: 3 multipliers, 3 DSP slices of 27 x 18 bits"
            + " (fewer if narrow products are made of LUTs).");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # Parts: the top one of 27 or 18 bits, the others of 26 or 17.
      ap_fixed<27,1>  | ap_fixed<18,1>  | 1
      ap_fixed<18,1>  | ap_fixed<27,1>  | 1
      ap_ufixed<26,1> | ap_ufixed<17,1> | 1
      ap_ufixed<27,1> | ap_fixed<8,1>   | 2
      ap_fixed<19,1>  | ap_fixed<19,1>  | 2
      ap_fixed<28,1>  | ap_fixed<28,1>  | 4
      ap_fixed<32,1>  | ap_fixed<32,1>  | 4
      ap_ufixed<32,1> | ap_fixed<16,1>  | 2
      ap_fixed<53,1>  | ap_fixed<35,1>  | 4
      ap_fixed<54,1>  | ap_fixed<35,1>  | 6
      ap_fixed<64,1>  | ap_fixed<64,1>  | 12
      """)
  void slicesOfAProduct(FixedFormat x, FixedFormat weight, long slices) {
    assertThat(KHot.of(1, KHotRule.NEAREST).cost(x, words(weight, 1)).dspSlices())
        .isEqualTo(slices);
  }

  @Test
  void whatIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> KHot.of(0, KHotRule.NEAREST))
        .withMessage("k is 0: it must be at least 1");
    KHot khot = KHot.of(2, KHotRule.NEAREST);
    assertThatThrownBy(() -> khot.terms(words(S8, 1), 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    FixedFormat s33 = FixedFormat.signed(33, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> khot.multiply(s33, words(s33, 1), S8, KHotKernel.SHIFT_ADD))
        .withMessage("the exact result of MULTIPLY on ap_fixed<33,6> and ap_fixed<33,6> is"
            + " ap_fixed<66,12>: it must have at most 64 bits");
  }

  @Test
  void whatAProductRefuses() {
    KHotMultiply plan = KHot.of(2, KHotRule.NEAREST).multiply(S8, words(S8, 1, 2), S8);
    FixedTensor three = FixedTensor.allocate(S8, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> plan.run(three, three))
        .withMessage("weights has the shape [2]: it must be one word, or agree with the shape of x,"
            + " [3], in neighbouring dimensions, with ones after them");
    FixedTensor wide = FixedTensor.allocate(FixedFormat.signed(16, 6), 2);
    assertThatIllegalArgumentException().isThrownBy(() -> plan.run(wide, words(S8, 1, 2)))
        .withMessage("x has the format ap_fixed<16,6>: the plan's is ap_fixed<8,3>");
    assertThatIllegalArgumentException().isThrownBy(() -> plan.run(words(S8, 1, 2), wide))
        .withMessage("target has the format ap_fixed<16,6>: the plan's is ap_fixed<8,3>");
    assertThatIllegalArgumentException().isThrownBy(() -> plan.run(words(S8, 1, 2), three))
        .withMessage("target has 3 words: it must have 2");
  }

  @Test
  void aPlanSaysWhatItDoes() {
    KHot khot = KHot.of(2, KHotRule.NEAREST);
    assertThat(khot.multiply(S8, words(S8, 1), S8).explain()).startsWith(
        "2-hot NEAREST weights: multiply ap_fixed<8,3>, ap_fixed<8,3> = ap_fixed<16,6> ->"
            + " ap_fixed<8,3>: MULTIPLY, ");
    assertThat(khot.multiply(S8, words(S8, 1), S8, KHotKernel.SHIFT_ADD)).asString()
        .contains(": SHIFT_ADD, ");
  }

  /** The kernel that was asked for is the one that computes, in lanes that hold the shifts. */
  @Test
  void layersSayHowTheyMultiply() {
    KHot khot = KHot.of(2, KHotRule.SIGNED_DIGITS);
    FixedFormat wide = FixedFormat.signed(40, 3);
    OutputStage stage = OutputStage.to(S8);
    OutputStage stepping = stage.withAccumulator(FixedFormat.parse("ap_fixed<12,4,AP_RND,AP_SAT>"));
    FixedTensor weights = words(S8, 3, -7, 100, 64).reshape(2, 2);
    String bits = VectorProvider.vectorBits() == 0 ? "64" : "32";
    assertThat(khot.gemm(S8, weights, stage, KHotKernel.SHIFT_ADD)).asString()
        .contains("unit         int" + bits + " shift-add");
    assertThat(khot.gemm(wide, weights, stage, KHotKernel.SHIFT_ADD)).asString()
        .contains("unit         int64 shift-add");
    assertThat(khot.gemm(S8, weights, stepping, KHotKernel.SHIFT_ADD)).asString()
        .contains("unit         int64 lanes, each step an exact sum and a cast");
    assertThat(khot.gemm(S8, weights, stage, KHotKernel.MULTIPLY)).asString()
        .doesNotContain("unit         int" + bits + " shift-add");
    assertThat(khot.conv2d(S8, weights.reshape(2, 2, 1, 1), ImageShape.of(3, 3, 2),
        Window.of(1, 1).withPadding(1, 1), 1, stage, KHotKernel.SHIFT_ADD))
        .asString().contains("unit         int" + bits + " shift-add");
  }
}
