package io.fixlane.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.fixture.BinaryOperation;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Element-wise operations by hand. */
class ElementwiseTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 4);
  private static final FixedFormat RESULT = FixedFormat.parse("ap_fixed<8,5,AP_RND,AP_SAT>");

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          # a = 1.5, -2.25, 7.9375, -8, 0.0625 and b = 2, -0.5, 7, -8, -0.0625;
          # results in steps of 1/8
          ADD          |  28 -22  120 -128    0
          SUBTRACT     |  -4 -14    8    0    1
          MULTIPLY     |  24   9  127  127    0
          DIVIDE       |   6  36    9    8   -8
          MIN          |  12 -18   56  -64    0
          MAX          |  16  -4   64  -64    1
          RESIDUAL_ADD |  28   0  120    0    0
          """)
  void handWorkedWordsOfTwoOperands(BinaryOperation operation, String expected) {
    FixedTensor a = FixedTensor.of(S8, new byte[] {24, -36, 127, -128, 1}, 5);
    FixedTensor b = FixedTensor.of(S8, new byte[] {32, -8, 112, -128, -1}, 5);
    byte[] words = new byte[5];
    operation.plan(S8, S8, RESULT).run(a, b, FixedTensor.of(RESULT, words, 5));
    assertThat(words).containsExactly(bytes(expected));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # of a = 1.5, -2.25, 7.9375, -8, 0.0625
      negate      | -12  18  -63  64   0
      relu        |  12   0   64   0   1
      leakyRelu 0 |  12 -18   64 -64   1
      leakyRelu 2 |  12  -4   64 -16   1
      """)
  void handWorkedWordsOfOneOperand(String operation, String expected) {
    Elementwise plan = switch (operation) {
      case "negate" -> Elementwise.negate(S8, RESULT);
      case "relu" -> Elementwise.relu(S8, RESULT);
      case "leakyRelu 0" -> Elementwise.leakyRelu(S8, 0, RESULT);
      default -> Elementwise.leakyRelu(S8, 2, RESULT);
    };
    byte[] words = new byte[5];
    plan.run(FixedTensor.of(S8, new byte[] {24, -36, 127, -128, 1}, 5),
        FixedTensor.of(RESULT, words, 5));
    assertThat(words).containsExactly(bytes(expected));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
        0 | ap_fixed<8,4>  |   1 -3  127 -128
        1 | ap_fixed<8,4>  |   2 -6   -2    0
       -1 | ap_fixed<8,4>  |   0 -2   63  -64
        7 | ap_fixed<8,4>  | -128 -128 -128 0
        8 | ap_fixed<8,4>  |   0  0    0    0
       -9 | ap_fixed<8,4>  |   0 -1    0   -1
        1 | ap_fixed<8,4,AP_RND,AP_SAT> | 2 -6 -2 0
       -1 | ap_fixed<8,4,AP_RND,AP_SAT> | 0 -2 63 -64
       -1 | ap_ufixed<8,4> |   0 126 63  64
       -8 | ap_ufixed<8,4> |   0  0   0   0
      """)
  void aShiftNeitherRoundsNorSaturates(int bits, String format, String expected) {
    FixedFormat shifted = FixedFormat.parse(format);
    byte[] words = new byte[4];
    Elementwise.shiftLeft(shifted, bits)
        .run(FixedTensor.of(shifted, new byte[] {1, -3, 127, -128}, 4),
            FixedTensor.of(shifted, words, 4));
    assertThat(words).containsExactly(bytes(expected));
  }

  private static byte[] bytes(String words) {
    int[] numbers = Arrays.stream(words.trim().split("\\s+")).mapToInt(Integer::parseInt).toArray();
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    return bytes;
  }

  /**
   * For 8 bits, -8 / -0.0625 is 128; formed in 12 bits as -2048 / -1, it wraps to itself: -128,
   * which is cast.
   */
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void theMostNegativeQuotientWraps(int width) {
    int fractionBits = width / 2;
    FixedFormat format = FixedFormat.signed(width, width - fractionBits);
    FixedFormat wide = FixedFormat.signed(2 * width, 2 * width - fractionBits);
    FixedTensor lowest = FixedTensor.allocate(format, 40);
    FixedTensor minusOne = FixedTensor.allocate(format, 40);
    for (int i = 0; i < 40; i++) {
      lowest.setRaw(i, -1L << width - 1);
      minusOne.setRaw(i, -1);
    }
    FixedTensor quotients = FixedTensor.allocate(wide, 40);
    Elementwise.divide(format, format, wide).run(lowest, minusOne, quotients);
    for (int i = 0; i < 40; i++) {
      assertThat(quotients.raw(i)).isEqualTo(-1L << width - 1 + fractionBits);
    }
  }

  @Test
  void scaleAndShiftRoundsOnce() {
    FixedFormat constant = FixedFormat.signed(8, 2);
    FixedTensor scale = FixedTensor.of(constant, new byte[] {32, -64}, 2);
    FixedTensor bias = FixedTensor.of(constant, new byte[] {1, 16}, 2);
    byte[] words = new byte[4];
    // 0.0625 x 0.5 + 1/64 = 3/64 and 1.5 x -1 + 0.25 = -1.25; -8 x 0.5 + 1/64 and 7 x -1 + 0.25.
    Elementwise.scaleAndShift(S8, scale, bias, FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>"))
        .run(FixedTensor.of(S8, new byte[] {1, 24, -128, 112}, 2, 2),
            FixedTensor.of(FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>"), words, 4));
    assertThat(words).containsExactly(1, -20, -64, -108);
  }

  @ParameterizedTest
  @CsvSource({"8", "16", "32", "64"})
  void aZeroDivisorIsNamedAndNothingIsWritten(int width) {
    int count = 40;
    int first = 3;
    FixedFormat divisor = FixedFormat.unsigned(width, width);
    FixedFormat dividend = FixedFormat.unsigned(8, 8);
    Elementwise plan = Elementwise.divide(dividend, divisor, dividend);
    FixedTensor a = FixedTensor.allocate(dividend, count);
    FixedTensor b = FixedTensor.allocate(divisor, first + count);
    for (int zero = 0; zero < count; zero++) {
      for (int i = 0; i < first + count; i++) {
        // Words like 0x0100 and 0x8000 look like zeros to a scan that borrows; the one before the
        // range is 0 as well.
        long word = i % 3 == 0 ? 1L << width - 1 : i % 3 == 1 ? 1 : 1L << width / 2;
        b.setRaw(i, i == first - 1 || i == first + zero || i == first + zero + 2 ? 0 : word);
      }
      byte[] words = new byte[count];
      Arrays.fill(words, (byte) 77);
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> plan.run(
              a.segment(), 0, b.segment(), first, MemorySegment.ofArray(words), 0, count))
          .withMessage("divisor %d is 0", first + zero);
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> plan.run(
              a, b.slice(first, first + count), FixedTensor.of(dividend, words, count)))
          .withMessage("divisor %d is 0", zero);
      assertThat(words).containsOnly(77);
    }
  }

  @ParameterizedTest
  @CsvSource({"8", "16", "32", "64"})
  void aDivisorWithoutAZeroIsAccepted(int width) {
    FixedFormat divisor = FixedFormat.unsigned(width, width);
    FixedFormat dividend = FixedFormat.unsigned(8, 8);
    FixedTensor b = FixedTensor.allocate(divisor, 41);
    for (int i = 1; i < 41; i++) {
      b.setRaw(i, i % 2 == 0 ? 1L << width - 1 : 1);
    }
    byte[] words = new byte[40];
    Elementwise.divide(dividend, divisor, dividend).run(
        FixedTensor.of(dividend, new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7}, 10).segment(), 0,
        b.segment(), 1,
        MemorySegment.ofArray(words), 0, 10);
    assertThat(words).startsWith(7, 0, 7, 0, 7, 0, 7, 0, 7, 0, 0);
  }

  @Test
  void anInfiniteSlopeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Elementwise.leakyRelu(S8, -1, RESULT))
        .withMessage("slopeShift is -1: the slope 2^-slopeShift must be at most 1");
  }

  @Test
  void aPlanExplainsItself() {
    Elementwise plan = Elementwise.multiply(S8, FixedFormat.unsigned(8, 3), RESULT);
    assertThat(plan.explain()).startsWith(
        "multiply ap_fixed<8,4>, ap_ufixed<8,3> = ap_fixed<16,7> -> ap_fixed<8,5,AP_RND,AP_SAT>: ");
    assertThat(plan).hasToString(plan.explain());
  }
}
