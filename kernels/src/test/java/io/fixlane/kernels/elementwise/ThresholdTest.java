package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Threshold;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What staircases say of themselves, and refuse. */
class ThresholdTest {
  private static final FixedFormat S4 = FixedFormat.signed(4, 4);
  private static final FixedFormat S8 = FixedFormat.signed(8, 4);
  private static final Fixed ZERO = Fixed.ofRaw(S8, 0);
  private static final FixedTensor ONE_LIST = FixedTensor.of(S4, new byte[] {-8, 0, 0, 7}, 4);
  private static final FixedTensor TWO_LISTS = ONE_LIST.reshape(2, 2);

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void nullsAreNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> Threshold.of(null, ONE_LIST, ZERO, 1)).withMessage("x");
    assertThatNullPointerException()
        .isThrownBy(() -> Threshold.of(S8, null, ZERO, 1)).withMessage("thresholds");
    assertThatNullPointerException()
        .isThrownBy(() -> Threshold.of(S8, ONE_LIST, null, 1)).withMessage("start");
    Threshold plan = Threshold.of(S8, ONE_LIST, ZERO, 1);
    FixedTensor words = FixedTensor.allocate(S8, 1);
    assertThatNullPointerException().isThrownBy(() -> plan.run(null, words)).withMessage("a");
    assertThatNullPointerException().isThrownBy(() -> plan.run(words, null)).withMessage("target");
    MemorySegment memory = words.segment();
    assertThatNullPointerException()
        .isThrownBy(() -> plan.run(null, 0, memory, 0, 1)).withMessage("a");
    assertThatNullPointerException()
        .isThrownBy(() -> plan.run(memory, 0, null, 0, 1)).withMessage("target");
  }

  @Test
  void whatIsNoStaircase() {
    assertRefused(() -> Threshold.of(S8, FixedTensor.allocate(S4), ZERO, 1),
        "thresholds has the shape []: it must have one list at least, with a threshold in its last"
            + " dimension");
    assertRefused(() -> Threshold.of(S8, FixedTensor.allocate(S4, 2, 0), ZERO, 1),
        "thresholds has the shape [2, 0]: it must have one list at least, with a threshold in its"
            + " last dimension");
    assertRefused(() -> Threshold.of(S8, FixedTensor.of(S4, new byte[] {0, 8}, 2), ZERO, 1),
        "thresholds has 8 at 1: it must be a raw word of ap_fixed<4,4>");
    assertRefused(() -> Threshold.of(S8, FixedTensor.of(S4, new byte[] {1, 2, 1}, 3), ZERO, 1),
        "thresholds has raw word 1 at 2: it must not be below the one before it, 2");
    assertRefused(() -> Threshold.of(S8, ONE_LIST, Fixed.ofRaw(S8, -29), -25),
        "the last of 4 steps of -25 from -29 is -129: it is out of range for ap_fixed<8,4>");
    assertRefused(() -> Threshold.of(FixedFormat.signed(65, 4), ONE_LIST, ZERO, 1),
        "ap_fixed<65,4> is wider than 64 bits: kernels hold words of at most 64 bits");
    assertRefused(
        () -> Threshold.of(S8, ONE_LIST, Fixed.ofRaw(FixedFormat.signed(65, 4), 0), 1),
        "ap_fixed<65,4> is wider than 64 bits: kernels hold words of at most 64 bits");
  }

  @Test
  void wordsThatDoNotGoWithThePlan() {
    Threshold one = Threshold.of(S8, ONE_LIST, ZERO, 1);
    Threshold two = Threshold.of(S8, TWO_LISTS, ZERO, 1);
    FixedTensor words = FixedTensor.allocate(S8, 2, 3);
    FixedTensor others = FixedTensor.allocate(S4, 2, 3);
    assertRefused(() -> one.run(others, words),
        "a has the format ap_fixed<4,4>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> one.run(words, others),
        "target has the format ap_fixed<4,4>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> one.run(words, words.row(0)), "target has 3 words: it must have 6");
    assertRefused(() -> two.run(words, words),
        "a threshold of each list has the shape [2]: it must be one word, or agree with the shape"
            + " of a, [2, 3], in neighbouring dimensions, with ones after them");
    assertRefused(() -> two.run(words.segment(), 0, words.segment(), 0, 6),
        "a segment has no channels: thresholds for each of them take tensors, or slices of them");
    MemorySegment three = MemorySegment.ofArray(new byte[3]);
    assertRefused(() -> one.run(three, 0, three.asSlice(1), 0, 2),
        "a and target overlap: they must be apart, or start at the same word and have containers"
            + " of one size");
  }

  @Test
  void aPlanSaysHowItCompares() {
    int bits = Integer.getInteger("fixlane.vectorBits", 0);
    String compared = bits == 0
        ? "sought by halves, scalar"
        : "compared in vectors of " + bits + " bits, " + bits / 8 + " lanes of byte";
    assertThat(Threshold.of(S8, TWO_LISTS, ZERO, 1)).hasToString("threshold ap_fixed<8,4> ->"
        + " ap_fixed<8,4>: 2 thresholds for each of 2 channels, " + compared);
    assertThat(Threshold.of(S8, ONE_LIST, ZERO, 1)).hasToString(
        "threshold ap_fixed<8,4> -> ap_fixed<8,4>: 4 thresholds, "
            + (bits == 0 ? "a table of 256 words of byte, read word by word" : compared));
    FixedTensor many = FixedTensor.allocate(S4, 100);
    assertThat(Threshold.of(FixedFormat.signed(12, 4), many, ZERO, 1)).hasToString(
        "threshold ap_fixed<12,4> -> ap_fixed<8,4>: 100 thresholds, a table of 4096 words of byte,"
            + " read word by word");
    // Vectors must hold 64 bits of the narrower container.
    Fixed narrow = Fixed.ofRaw(FixedFormat.signed(8, 8), 0);
    assertThat(Threshold.of(FixedFormat.signed(17, 4), many, narrow, 1).explain())
        .contains(bits <= 128 ? "sought by halves" : "lanes of int");
    Fixed wide = Fixed.ofRaw(FixedFormat.signed(17, 8), 0);
    assertThat(Threshold.of(FixedFormat.signed(17, 4), many, wide, 1).explain())
        .contains(bits == 0 ? "sought by halves" : "lanes of int");
  }
}
