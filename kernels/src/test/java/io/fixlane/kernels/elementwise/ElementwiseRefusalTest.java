package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.kernels.Elementwise;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What element-wise operations refuse, before anything is written. */
class ElementwiseRefusalTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 4);
  private static final FixedFormat S16 = FixedFormat.signed(16, 6);
  private final Elementwise add = Elementwise.add(S8, S8, S8);
  private final Elementwise relu = Elementwise.relu(S8, S8);

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  private static FixedTensor tensor(int... shape) {
    return FixedTensor.allocate(S8, shape);
  }

  @Test
  void exactResultsBeyond128Bits() {
    FixedFormat s64 = FixedFormat.signed(64, 6);
    FixedFormat u64 = FixedFormat.unsigned(64, 6);
    FixedFormat far = FixedFormat.signed(8, 72);
    String rule = ": it must have at most 128 bits";
    assertRefused(() -> Elementwise.add(u64, far, S8),
        "the exact result of ADD on ap_ufixed<64,6> and ap_fixed<8,72> is ap_fixed<131,73>" + rule);
    assertRefused(() -> Elementwise.min(u64, far, S8),
        "the exact result of MIN on ap_ufixed<64,6> and ap_fixed<8,72> is ap_fixed<130,72>" + rule);
    assertRefused(() -> Elementwise.leakyRelu(s64, 65, S8),
        "the exact result of LEAKY_RELU on ap_fixed<64,6> is ap_fixed<129,6>" + rule);
    assertRefused(() -> Elementwise.scaleAndShift(
        s64, FixedTensor.allocate(s64, 2), FixedTensor.allocate(S8, 2), S8),
        "the exact result of MULTIPLY_ADD on ap_fixed<64,6> and ap_fixed<64,6> and ap_fixed<8,4>"
            + " is ap_fixed<129,13>" + rule);
    assertRefused(() -> Elementwise.divide(s64, FixedFormat.signed(64, 0), S8),
        "the exact result of DIVIDE on ap_fixed<64,6> and ap_fixed<64,0> is ap_fixed<129,71>"
            + rule);
  }

  @Test
  void slopesThatAreTooFine() {
    FixedFormat s64 = FixedFormat.signed(64, 6);
    assertRefused(
        () -> Elementwise.leakyRelu(s64, Fixed.ofRaw(FixedFormat.unsigned(2, -63), 3), S8),
        "the exact result of LEAKY_RELU on ap_fixed<64,6> and ap_ufixed<2,-63> is ap_fixed<129,6>:"
            + " it must have at most 128 bits");
    assertRefused(
        () -> Elementwise.leakyRelu(S8, Fixed.ofRaw(FixedFormat.unsigned(1, -9_999), 1), S8),
        "the exact result of LEAKY_RELU on ap_fixed<8,4> needs W 10008 and I 4: the width must lie"
            + " in 1..4096, and I and W - I must fit in 32 bits");
    BigInteger fine = BigInteger.TWO.pow(64).add(BigInteger.ONE);
    assertRefused(
        () -> Elementwise.leakyRelu(S8, new Fixed(FixedFormat.unsigned(65, 65), fine), S8),
        "ap_ufixed<65,65> is wider than 64 bits: kernels hold words of at most 64 bits");
  }

  @Test
  void binaryPointsBeyondThoseOfFormats() {
    FixedFormat highest = FixedFormat.signed(8, Integer.MAX_VALUE);
    FixedFormat lowest = FixedFormat.signed(8, 8 - Integer.MAX_VALUE);
    String rule = ": the width must lie in 1..4096, and I and W - I must fit in 32 bits";
    assertRefused(() -> Elementwise.shiftLeft(highest, 1000),
        "a word of " + highest + " shifted left by 1000 bits needs W 8 and I 2147483655" + rule);
    assertRefused(() -> Elementwise.shiftRight(highest, Integer.MIN_VALUE), "a word of " + highest
        + " shifted left by 2147483648 bits needs W 8 and I 2147483655" + rule);
    assertRefused(() -> Elementwise.shiftRight(lowest, 3),
        "a word of " + lowest + " shifted left by -3 bits needs W 8 and I -2147483642" + rule);
    assertRefused(() -> Elementwise.leakyRelu(S8, Integer.MAX_VALUE, S8),
        "slopeShift is 2147483647: W + slopeShift must be at most 128, and W is 8");
    assertRefused(() -> Elementwise.min(highest, FixedFormat.unsigned(8, Integer.MAX_VALUE), S8),
        "the sum of ap_fixed<8,2147483647> and ap_ufixed<8,2147483647> needs W 10 and"
            + " I 2147483649: the width must lie in 1..4096 and I must fit in 32 bits");
  }

  @Test
  void wordsBeyond64Bits() {
    String rule = "ap_fixed<65,6> is wider than 64 bits: kernels hold words of at most 64 bits";
    FixedFormat s65 = FixedFormat.signed(65, 6);
    assertRefused(() -> Elementwise.relu(s65, S8), rule);
    assertRefused(() -> Elementwise.relu(S8, s65), rule);
    assertRefused(() -> Elementwise.multiply(s65, S8, S8), rule);
    assertRefused(() -> Elementwise.multiply(S8, s65, S8), rule);
    assertRefused(() -> Elementwise.multiply(S8, S8, s65), rule);
  }

  @Test
  void anotherNumberOfOperands() {
    assertRefused(() -> add.run(tensor(2), tensor(2)),
        "ADD was given 1 operands: it takes 2");
    assertRefused(() -> relu.run(tensor(2), tensor(2), tensor(2)),
        "RELU was given 2 operands: it takes 1");
    MemorySegment words = MemorySegment.ofArray(new byte[2]);
    assertRefused(() -> add.run(words, 0, words, 0, 2), "ADD was given 1 operands: it takes 2");
    assertRefused(() -> relu.run(words, 0, words, 0, words, 0, 2),
        "RELU was given 2 operands: it takes 1");
    Elementwise scale = Elementwise.scaleAndShift(S8, tensor(2), tensor(2), S8);
    assertRefused(() -> scale.run(words, 0, words, 0, 2),
        "a segment has no channels: scaleAndShift takes tensors, or slices of them");
  }

  @Test
  void tensorsOfOtherFormatsOrSizes() {
    FixedTensor wide = FixedTensor.allocate(S16, 2);
    assertRefused(() -> add.run(wide, tensor(2), tensor(2)),
        "a has the format ap_fixed<16,6>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> add.run(tensor(2), wide, tensor(2)),
        "b has the format ap_fixed<16,6>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> add.run(tensor(2), tensor(2), wide),
        "target has the format ap_fixed<16,6>: the plan's is ap_fixed<8,4>");
    assertRefused(() -> relu.run(tensor(2), tensor(3)), "target has 3 words: it must have 2");
    CastStatistics other = relu.newStatistics();
    assertRefused(() -> add.run(tensor(2), tensor(2), tensor(2), other),
        "statistics count values of ap_fixed<8,4>: the plan casts values of ap_fixed<9,5>");
    assertRefused(() -> Elementwise.scaleAndShift(S8, tensor(2, 1), tensor(2), S8),
        "bias has the shape [2]: it must have that of scale, [2, 1]");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # shape of a | shape of b | accepted
      2 3 4 5 | 2 3 4 5 | true
      2 3 4 5 | 5       | true
      2 3 4 5 | 4 5     | true
      2 3 4 5 | 3 1 1   | true
      2 3 4 5 | 1 3 1 1 | true
      2 3 4 5 | 4 1     | true
      2 3 4 5 | 3 4 1   | true
      2 3 4 5 | 2 1 1 1 | true
      2 3 4 5 | 1 1 1 1 | true
      2 3 4 5 | 1 1 1 1 1 1 | true
      2 3 4 5 | 1 2 3 4 5 | true
      3       | 1 3     | true
      2 3 4 5 | 4       | false
      2 3 4 5 | 3       | false
      2 3 4 5 | 3 1     | false
      2 3 4 5 | 3 1 5   | false
      2 3 4 5 | 2 3 4   | false
      2 3 4 5 | 5 2 3 4 | false
      2 3 4 5 | 2 2 3 4 5 | false
      2 3 4 5 | 120     | false
      3       | 3 1     | false
      3       | 3 3     | false
      """)
  void operandsWhoseShapesDoNotGoTogether(String aShape, String bShape, boolean accepted) {
    FixedTensor a = tensor(shape(aShape));
    FixedTensor b = tensor(shape(bShape));
    FixedTensor target = tensor((int) a.size());
    if (accepted) {
      assertThatCode(() -> add.run(a, b, target)).doesNotThrowAnyException();
    } else {
      assertRefused(() -> add.run(a, b, target),
          "b has the shape " + Arrays.toString(b.shape())
              + ": it must be one word, or agree with the shape of a, " + Arrays.toString(a.shape())
              + ", in neighbouring dimensions, with ones after them");
    }
  }

  private static int[] shape(String dimensions) {
    return Arrays.stream(dimensions.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void rangesThatDoNotFit() {
    MemorySegment three = MemorySegment.ofArray(new byte[3]);
    MemorySegment four = MemorySegment.ofArray(new byte[4]);
    assertRefused(() -> add.run(three, 1, four, 0, four, 0, 3),
        "a has 3 words: 3 from word 1 on do not lie in it");
    assertRefused(() -> add.run(four, 0, three, 1, four, 0, 3),
        "b has 3 words: 3 from word 1 on do not lie in it");
    assertRefused(() -> add.run(four, 0, four, 0, three, -1, 3),
        "target has 3 words: 3 from word -1 on do not lie in it");
    assertRefused(() -> relu.run(four, 0, three.asReadOnly(), 0, 3),
        "target is read-only: it must be writable");
  }

  @Test
  void resultsThatLieOnAnOperandOtherThanInPlace() {
    byte[] words = new byte[9];
    MemorySegment memory = MemorySegment.ofArray(words);
    MemorySegment apart = MemorySegment.ofArray(new byte[9]);
    String rule = " and target overlap: they must be apart,"
        + " or start at the same word and have containers of one size";
    assertRefused(() -> add.run(memory, 0, apart, 0, memory, 1, 4), "a" + rule);
    assertRefused(() -> add.run(apart, 0, memory, 1, memory, 0, 4), "b" + rule);
    assertRefused(() -> relu.run(memory, 2, memory, 0, 4), "a" + rule);

    FixedTensor channels = FixedTensor.of(S8, memory.asSlice(0, 3), 3);
    FixedTensor target = FixedTensor.of(S8, memory, 3, 3);
    assertRefused(() -> add.run(tensor(3, 3), channels, target),
        "b and target overlap: an operand that is broadcast must be apart");
    add.run(target, target, target);
    assertThat(words).containsOnly(0);
  }
}
