package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Elementwise;
import io.fixlane.reference.ReferenceLookUp;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What look-ups say of themselves, refuse, and ask of a function. */
class LookUpTest {
  private static final FixedFormat S4 = FixedFormat.signed(4, 2);
  private static final FixedFormat S8 = FixedFormat.signed(8, 4);
  private static final FixedFormat SATURATING = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
  private static final FixedFormat TO_ZERO = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT_ZERO>");

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  private static void assertRefused(FixedFormat x, DoubleUnaryOperator f, FixedFormat result,
      String message) {
    assertRefused(() -> Elementwise.lookUp(x, f, result), message);
    assertRefused(() -> ReferenceLookUp.of(x, f, result), message);
  }

  @Test
  void wordsOfMoreThan16Bits() {
    FixedFormat s17 = FixedFormat.signed(17, 4);
    assertRefused(s17, v -> v, S8,
        "x is ap_fixed<17,4>: a table is made for words of at most 16 bits");
    assertRefused(() -> Elementwise.lookUp(s17, FixedTensor.allocate(S8, 1 << 17)),
        "x is ap_fixed<17,4>: a table is made for words of at most 16 bits");
    assertRefused(() -> Elementwise.lookUp(S4, v -> v, FixedFormat.signed(65, 4)),
        "ap_fixed<65,4> is wider than 64 bits: kernels hold words of at most 64 bits");
  }

  @Test
  void tablesOfAnotherSizeOrWithWordsOutOfRange() {
    assertRefused(() -> Elementwise.lookUp(S4, FixedTensor.allocate(S8, 15)),
        "table has 15 words: it must have one for each of the 16 of ap_fixed<4,2>");
    FixedTensor wrong = FixedTensor.of(S4, new byte[] {0, 9}, 2);
    assertRefused(() -> Elementwise.lookUp(FixedFormat.unsigned(1, 1), wrong),
        "table has 9 at 1: it must be a raw word of ap_fixed<4,2>");
  }

  @Test
  void numbersWithoutAMeaning() {
    assertRefused(S4, Math::sqrt, SATURATING,
        "f is NaN at -2.0, raw word -8 of ap_fixed<4,2>: it has no meaning in " + SATURATING);
    assertRefused(S4, v -> 1 / v, S8,
        "f is Infinity at 0.0, raw word 0 of ap_fixed<4,2>: it has no meaning in ap_fixed<8,4>");
  }

  @Test
  void infinitiesSaturateOrAreZeroWhereTheResultSaysSo() {
    FixedTensor zero = FixedTensor.allocate(S4, 1);
    FixedTensor result = FixedTensor.allocate(SATURATING, 1);
    Elementwise.lookUp(S4, v -> 1 / v, SATURATING).run(zero, result);
    assertThat(result.raw(0)).isEqualTo(127);
    FixedTensor none = FixedTensor.of(TO_ZERO, new byte[] {1}, 1);
    Elementwise.lookUp(S4, v -> 1 / v, TO_ZERO).run(zero, none);
    assertThat(none.raw(0)).isZero();
  }

  @Test
  void theFunctionIsCalledOnceForEachWordInOrder() {
    List<Double> called = new ArrayList<>();
    Elementwise.lookUp(FixedFormat.signed(2, 1), v -> {
      called.add(v);
      return v;
    }, S8);
    assertThat(called).containsExactly(-1.0, -0.5, 0.0, 0.5);
  }

  /** Values beyond the doubles are infinities, and what they give is the function's affair. */
  @Test
  void binaryPointsBeyondTheRangeOfDoubles() {
    FixedFormat far = FixedFormat.signed(3, 5_000);
    FixedTensor words = FixedTensor.of(far, new byte[] {-4, 0, 1}, 3);
    FixedTensor result = FixedTensor.allocate(SATURATING, 3);
    Elementwise.lookUp(far, StrictMath::tanh, SATURATING).run(words, result);
    assertThat(List.of(result.raw(0), result.raw(1), result.raw(2))).containsExactly(-16L, 0L, 16L);
  }

  @Test
  void aLookUpTakesOneOperandAndCountsNothing() {
    Elementwise plan = Elementwise.lookUp(S8, v -> v, S8);
    FixedTensor words = FixedTensor.allocate(S8, 2);
    assertRefused(() -> plan.run(words, words, words),
        "LOOK_UP was given 2 operands: it takes 1");
    assertRefused(() -> plan.run(words, words, Cast.of(S8, S8).newStatistics()),
        "statistics count what a cast does: a look-up has none, and takes null");
    assertThatIllegalStateException().isThrownBy(plan::newStatistics)
        .withMessage("a look-up has no cast to count");
    byte[] three = new byte[3];
    assertRefused(() -> plan.run(MemorySegment.ofArray(three), 0,
        MemorySegment.ofArray(three).asSlice(1), 0, 2),
        "a and target overlap: they must be apart, or start at the same word and have containers"
            + " of one size");
  }

  @Test
  void aPlanSaysHowItsTableIsRead() {
    assertThat(Elementwise.lookUp(FixedFormat.signed(10, 4), v -> v, S8).explain())
        .isEqualTo("look_up ap_fixed<10,4> -> ap_fixed<8,4>: a table of 1024 words of byte, read"
            + " word by word");
    int bits = Integer.getInteger("fixlane.vectorBits", 0);
    assertThat(Elementwise.lookUp(S4, v -> v, S8).explain())
        .isEqualTo("look_up ap_fixed<4,2> -> ap_fixed<8,4>: a table of 16 words of byte"
            + (bits == 0 ? ", read word by word" : " in 1 vector of " + bits + " bits"));
  }
}
