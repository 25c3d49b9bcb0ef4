package io.fixlane.kernels.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.fixture.Numbers;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Casts from float and double by hand; and the numbers and formats that are refused. */
class CastNumbersTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          # format                             | words of the numbers below, in order
          ap_fixed<4,4,AP_TRN,AP_SAT>          | 0 -1 1 -2 2 0 0 -1 0 7 -8  7
          ap_fixed<4,4,AP_TRN_ZERO,AP_SAT>     | 0  0 1 -1 2 0 0  0 0 7 -8  7
          ap_fixed<4,4,AP_RND,AP_SAT>          | 1  0 2 -1 3 0 0  0 0 7 -8  7
          ap_fixed<4,4,AP_RND_ZERO,AP_SAT>     | 0  0 1 -1 2 0 0  0 0 7 -8  7
          ap_fixed<4,4,AP_RND_MIN_INF,AP_SAT>  | 0 -1 1 -2 2 0 0  0 0 7 -8  7
          ap_fixed<4,4,AP_RND_INF,AP_SAT>      | 1 -1 2 -2 3 0 0  0 0 7 -8  7
          ap_fixed<4,4,AP_RND_CONV,AP_SAT>     | 0  0 2 -2 2 0 0  0 0 7 -8  7
          ap_fixed<4,4,AP_RND,AP_SAT_SYM>      | 1  0 2 -1 3 0 0  0 0 7 -7  7
          ap_fixed<4,4,AP_RND,AP_SAT_ZERO>     | 1  0 2 -1 3 0 0  0 0 0  0  0
          ap_fixed<4,4,AP_RND,AP_WRAP>         | 1  0 2 -1 3 0 0  0 0 0  0 -8
          ap_fixed<4,4,AP_RND,AP_WRAP,1>       | 1  0 2 -1 3 0 0  0 0 0 -8  0
          ap_fixed<4,4,AP_RND,AP_WRAP,4>       | 1  0 2 -1 3 0 0  0 0 7 -8  7
          ap_ufixed<4,4,AP_RND_INF,AP_SAT>     | 1  0 2  0 3 0 0  0 0 15 0  8
          ap_ufixed<4,4,AP_TRN,AP_WRAP>        | 0 15 1 14 2 0 0 15 0 0  0  7
          """)
  void handWorkedNumbers(String target, String expected) {
    float[] numbers = {
      0.5f, -0.5f, 1.5f, -1.5f, 2.5f, -0f, 1e-45f, -1e-45f, 0.49999997f, 3e38f, -3e38f, 7.5f};
    double[] doubles = IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    List<String> raws = List.of(expected.trim().split("\\s+"));
    FixedTensor words = FixedTensor.allocate(FixedFormat.parse(target), numbers.length);
    Cast.fromFloat(words.format()).run(MemorySegment.ofArray(numbers), 0, words.segment(), 0,
        numbers.length);
    Words.assertWords("float to " + target, words, i -> new BigInteger(raws.get(i)));
    Cast.fromDouble(words.format()).run(MemorySegment.ofArray(doubles), 0, words.segment(), 0,
        numbers.length);
    Words.assertWords("double to " + target, words, i -> new BigInteger(raws.get(i)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ap_fixed<8,3,AP_RND,AP_SAT>       |  127 | -128
      ap_fixed<8,3,AP_RND,AP_SAT_SYM>   |  127 | -127
      ap_fixed<8,3,AP_RND,AP_SAT_ZERO>  |    0 |    0
      ap_ufixed<8,3,AP_RND,AP_SAT>      |  255 |    0
      ap_ufixed<8,3,AP_RND,AP_SAT_SYM>  |  255 |    0
      ap_ufixed<64,3,AP_RND,AP_SAT>     | 18446744073709551615 |    0
      ap_fixed<40,30,AP_TRN,AP_SAT>     | 549755813887 | -549755813888
      """)
  void infinitiesSaturate(String target, BigInteger positive, BigInteger negative) {
    for (boolean isFloat : new boolean[] {true, false}) {
      MemorySegment numbers = MemorySegment.ofArray(new long[70]);
      for (int i = 0; i < 70; i++) {
        Numbers.set(numbers, isFloat, i,
            i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
      }
      FixedTensor words = FixedTensor.allocate(FixedFormat.parse(target), 70);
      Numbers.cast(isFloat, words.format()).run(numbers, 0, words.segment(), 0, 70);
      Words.assertWords(target, words, i -> i % 2 == 0 ? positive : negative);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      true  | NaN       | ap_fixed<8,3,AP_RND_CONV,AP_SAT>
      true  | NaN       | ap_fixed<8,3,AP_RND_CONV,AP_SAT_ZERO>
      true  | NaN       | ap_ufixed<16,3>
      false | NaN       | ap_fixed<24,8,AP_RND,AP_SAT>
      false | NaN       | ap_fixed<8,3,AP_RND,AP_WRAP_SM>
      true  | Infinity  | ap_fixed<8,3>
      true  | -Infinity | ap_fixed<16,3,AP_RND,AP_WRAP_SM,2>
      false | Infinity  | ap_fixed<8,3>
      false | -Infinity | ap_ufixed<40,3,AP_RND,AP_WRAP,3>
      """)
  void aNumberWithoutMeaningIsNamedWhereverItStands(boolean isFloat, double number, String target) {
    int count = 70;
    int first = 3;
    FixedFormat format = FixedFormat.parse(target);
    Cast cast = Numbers.cast(isFloat, format);
    MemorySegment numbers = MemorySegment.ofArray(new long[first + count]);
    for (int place = 0; place < count; place++) {
      for (int i = 0; i < count; i++) {
        // A second one after the first is not the one that is named.
        Numbers.set(numbers, isFloat, first + i, i == place || i == place + 1 ? number : 2);
      }
      FixedTensor words = FixedTensor.allocate(format, count);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cast.run(numbers, first, words.segment(), 0, count))
          .withMessage("source number %d is %s: it has no meaning in %s", first + place, number,
              target);
      BigInteger two = BigInteger.TWO.shiftLeft(format.fractionBits());
      int end = place;
      Words.assertWords(cast, words, i -> i < end ? two : BigInteger.ZERO);
    }
  }

  @Test
  void hugeDoublesWrapAsTheLowBitsOfWhatTheyAre() {
    // 2^200 + 2^148 is a double; its bit 148 is the lowest of the format.
    double[] numbers = {0x1.0000000000001p200, -0x1.0000000000001p200, Double.MAX_VALUE};
    byte[] words = new byte[3];
    Cast.fromDouble(FixedFormat.signed(8, 156)).run(
        MemorySegment.ofArray(numbers), 0, MemorySegment.ofArray(words), 0, 3);
    assertThat(words).containsExactly(1, -1, 0);
  }

  @Test
  void numbersRoundOnceToNearestEven() {
    // 2^24 + 1 and 2^24 + 3 are ties of float; 2^53 + 1 is one of double.
    int[] words = {16777217, 16777219, -16777217, Integer.MAX_VALUE};
    float[] floats = new float[4];
    Cast.toFloat(FixedFormat.signed(32, 32)).run(MemorySegment.ofArray(words), 0,
        MemorySegment.ofArray(floats), 0, 4);
    assertThat(floats).containsExactly(16777216f, 16777220f, -16777216f, 0x1p31f);

    long[] wide = {9007199254740993L, -1, Long.MIN_VALUE, 1L << 40 | 1};
    double[] doubles = new double[4];
    Cast.toDouble(FixedFormat.unsigned(64, 64)).run(
        MemorySegment.ofArray(wide), 0, MemorySegment.ofArray(doubles), 0, 4);
    assertThat(doubles).containsExactly(0x1p53, 0x1p64, 0x1p63, 0x1p40 + 1);
  }

  @Test
  void subnormalNumbersRoundOnce() {
    // In steps of 2^-150: a tie of the smallest subnormals, and a bit that breaks it, which is lost
    // where the word is rounded to a double first.
    long[] words = {1L << 60, (1L << 60) + 1, 3L << 60, -(3L << 60) + 1, -1};
    float[] floats = new float[5];
    Cast.toFloat(FixedFormat.signed(64, -146)).run(
        MemorySegment.ofArray(words), 0, MemorySegment.ofArray(floats), 0, 5);
    assertThat(floats).containsExactly(
        0f, Float.MIN_VALUE, 2 * Float.MIN_VALUE, -Float.MIN_VALUE, -0f);

    double[] doubles = new double[5];
    Cast.toDouble(FixedFormat.signed(64, -1071)).run(
        MemorySegment.ofArray(words), 0, MemorySegment.ofArray(doubles), 0, 5);
    assertThat(doubles).containsExactly(
        0, Double.MIN_VALUE, 2 * Double.MIN_VALUE, -Double.MIN_VALUE, -0.);
  }

  @Test
  void numbersBeyondTheLargestAreInfinite() {
    byte[] words = {-128, -1, 0, 1, 127};
    double[] doubles = new double[5];
    // In steps of 2^1018: 2^1024 is the first that overflows.
    Cast.toDouble(FixedFormat.signed(8, 1026)).run(
        MemorySegment.ofArray(words), 0, MemorySegment.ofArray(doubles), 0, 5);
    assertThat(doubles).containsExactly(
        Double.NEGATIVE_INFINITY, -0x1p1018, 0, 0x1p1018, Double.POSITIVE_INFINITY);
  }

  @Test
  void floatsMayBecomeWordsInPlace() {
    MemorySegment memory = MemorySegment.ofArray(new float[100]);
    for (int i = 0; i < 100; i++) {
      Numbers.set(memory, true, i, i - 50.25);
    }
    FixedFormat target = FixedFormat.signed(32, 16);
    Cast.fromFloat(target).run(memory, 0, memory, 0, 100);
    Words.assertWords(
        target, FixedTensor.of(target, memory, 100), i -> BigInteger.valueOf((4L * i - 201) << 14));
  }
}
