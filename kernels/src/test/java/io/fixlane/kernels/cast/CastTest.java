package io.fixlane.kernels.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Casts by hand, between every two containers at every length; and what a cast refuses. */
class CastTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);
  private static final FixedFormat S16 = FixedFormat.signed(16, 6);

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      # from ap_fixed<8,4>: 5.5, -2.5, 2.5, -8, 0.5, 7.9375 | to | raw words
      ap_fixed<4,4,AP_TRN,AP_SAT>          |  5 -3  2 -8  0  7
      ap_fixed<4,4,AP_TRN_ZERO,AP_SAT>     |  5 -2  2 -8  0  7
      ap_fixed<4,4,AP_RND,AP_SAT>          |  6 -2  3 -8  1  7
      ap_fixed<4,4,AP_RND_ZERO,AP_SAT>     |  5 -2  2 -8  0  7
      ap_fixed<4,4,AP_RND_MIN_INF,AP_SAT>  |  5 -3  2 -8  0  7
      ap_fixed<4,4,AP_RND_INF,AP_SAT>      |  6 -3  3 -8  1  7
      ap_fixed<4,4,AP_RND_CONV,AP_SAT>     |  6 -2  2 -8  0  7
      ap_fixed<3,3,AP_TRN,AP_SAT>          |  3 -3  2 -4  0  3
      ap_fixed<3,3,AP_TRN,AP_SAT_ZERO>     |  0 -3  2  0  0  0
      ap_fixed<3,3,AP_TRN,AP_SAT_SYM>      |  3 -3  2 -3  0  3
      ap_fixed<3,3,AP_TRN,AP_WRAP>         | -3 -3  2  0  0 -1
      ap_fixed<3,3,AP_TRN,AP_WRAP,1>       |  1 -3  2 -4  0  3
      ap_fixed<3,3,AP_TRN,AP_WRAP,3>       |  3 -3  2 -4  0  3
      ap_fixed<3,3,AP_TRN,AP_WRAP_SM>      |  2 -3  2 -1  0  0
      ap_fixed<3,3,AP_TRN,AP_WRAP_SM,1>    |  2 -3  2 -1  0  0
      ap_fixed<3,3,AP_TRN,AP_WRAP_SM,2>    |  2 -3  2 -4  0  3
      ap_ufixed<2,2,AP_TRN,AP_SAT>         |  3  0  2  0  0  3
      ap_ufixed<2,2,AP_TRN,AP_WRAP>        |  1  1  2  0  0  3
      ap_ufixed<2,2,AP_TRN,AP_WRAP,1>      |  3  3  2  2  0  3
      ap_fixed<8,12>                       |  0 -1  0 -1  0  0
      ap_fixed<10,4>                       | 352 -160 160 -512 32 508
      """)
  void handWorkedWords(String target, String expected) {
    FixedTensor words =
        FixedTensor.of(FixedFormat.signed(8, 4), new byte[] {88, -40, 40, -128, 8, 127}, 6);
    FixedTensor results = FixedTensor.allocate(FixedFormat.parse(target), 6);
    Cast.of(words.format(), results.format()).run(words, results);
    List<String> raws = List.of(expected.trim().split("\\s+"));
    Words.assertWords(target, results, i -> new BigInteger(raws.get(i)));
  }

  /**
   * What rounding adds takes words at the ends of a lane out of it, which only the low bits of a
   * result may ignore: words at the ends and around 0, in every mode, into targets below, at and
   * above them.
   */
  @ParameterizedTest
  @CsvSource({
    "true, true, 8, 3", "true, true, 8, 10", "true, false, 8, 9", "true, false, 16, 14",
    "true, true, 16, 13", "true, true, 15, 11", "false, true, 8, 12", "false, false, 8, 12",
    "false, true, 16, 12", "false, false, 16, 13", "false, false, 12, 10"})
  void wordsAtTheEndsOfALane(boolean signed, boolean targetSigned, int width, int integer) {
    FixedFormat source = signed ? FixedFormat.signed(16, 12) : FixedFormat.unsigned(16, 12);
    int[] raws = IntStream.of(Short.MIN_VALUE, -512, Short.MAX_VALUE - 1023)
        .flatMap(first -> IntStream.range(first, first + 1024)).toArray();
    FixedTensor words = FixedTensor.allocate(source, raws.length);
    IntStream.range(0, raws.length)
        .forEach(i -> words.setRaw(i, signed ? raws[i] : raws[i] - Short.MIN_VALUE));
    for (QuantizationMode quantization : QuantizationMode.values()) {
      for (OverflowMode overflow : OverflowMode.values()) {
        if (overflow == OverflowMode.AP_SAT_SYM && !targetSigned
            || overflow == OverflowMode.AP_WRAP_SM && !targetSigned) {
          continue;
        }
        FixedFormat target =
            new FixedFormat(targetSigned, width, integer, quantization, overflow, 0);
        FixedTensor results = FixedTensor.allocate(target, raws.length);
        Cast cast = Cast.of(source, target);
        cast.run(words, results);
        Words.assertWords(cast, results, i -> words.value(i).cast(target).raw());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void everyTwoContainersAtEveryLength(int width) {
    Random random = new Random(width);
    for (boolean signed : new boolean[] {true, false}) {
      for (int targetWidth : new int[] {8, 16, 32, 64}) {
        FixedFormat source = signed ? FixedFormat.signed(width, 4) : FixedFormat.unsigned(width, 4);
        FixedFormat target =
            FixedFormat.parse(
                (signed ? "ap_ufixed<" : "ap_fixed<") + targetWidth + ",2,AP_RND_CONV,AP_SAT>");
        castAtEveryLength(source, target, random);
      }
    }
  }

  /**
   * A vector has at most 64 words: lengths to 130 have every tail, after no vector, one and two.
   */
  private static void castAtEveryLength(FixedFormat source, FixedFormat target, Random random) {
    int longest = 130;
    FixedTensor words = Words.tensor(source, random, longest);
    List<BigInteger> expected =
        IntStream.range(0, longest).mapToObj(i -> words.value(i).cast(target).raw()).toList();
    BigInteger untouched = BigInteger.valueOf(42);
    Cast cast = Cast.of(source, target);
    for (int length = 0; length <= longest; length++) {
      FixedTensor results = FixedTensor.allocate(target, longest);
      IntStream.range(0, longest).forEach(i -> results.setRaw(i, untouched.longValue()));
      int end = length;
      cast.run(words.segment(), 0, results.segment(), 0, length);
      Words.assertWords(cast, results, i -> i < end ? expected.get(i) : untouched);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      textBlock = """
          -1 | 0 |  1 | source has 4 words: 1 from word -1 on do not lie in it
           0 | 0 |  5 | source has 4 words: 5 from word 0 on do not lie in it
           4 | 0 |  1 | source has 4 words: 1 from word 4 on do not lie in it
           0 | 0 | -1 | source has 4 words: -1 from word 0 on do not lie in it
           9223372036854775807 | 0 | 4 | source has 4 words: \
          4 from word 9223372036854775807 on do not lie in it
           0 | 0 | 9223372036854775807 | source has 4 words: \
          9223372036854775807 from word 0 on do not lie in it
           0 | 1 |  3 | target has 3 words: 3 from word 1 on do not lie in it
           0 |-1 |  1 | target has 3 words: 1 from word -1 on do not lie in it
          """)
  void aRangeThatDoesNotFitIsRefused(long from, long to, long count, String message) {
    byte[] target = {1, 2, 3};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cast.of(S16, S8).run(
            MemorySegment.ofArray(new short[4]), from, MemorySegment.ofArray(target), to, count))
        .withMessage(message);
    assertThat(target).containsExactly(1, 2, 3);
  }

  @Test
  void wordsAreWholeWords() {
    // Nine bytes hold four words of two bytes.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cast.of(S16, S8).run(
            MemorySegment.ofArray(new byte[9]), 0, MemorySegment.ofArray(new byte[9]), 0, 5))
        .withMessage("source has 4 words: 5 from word 0 on do not lie in it");
  }

  @Test
  void aReadOnlyTargetIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cast.of(S16, S8).run(
            MemorySegment.ofArray(new short[4]), 0, MemorySegment.ofArray(new byte[4]).asReadOnly(),
            0, 4))
        .withMessage("target is read-only: it must be writable");
  }

  @ParameterizedTest
  @CsvSource({
    // source and target in bytes: the casts are of 4 words, from 2 bytes into 2
    "0, 0, true", "0, 8, true", "8, 0, true", "0, 1, false", "0, 2, false", "0, 7, false",
    "2, 0, false",
    "7, 0, false", "5, 5, true"})
  void wordsOfOneSizeOverlapOnlyInPlace(int source, int target, boolean accepted) {
    byte[] bytes = new byte[24];
    MemorySegment memory = MemorySegment.ofArray(bytes);
    assertOverlap(
        Cast.of(S16, S16.withModes(S8.quantization(), S8.overflow())), memory.asSlice(source, 8),
        memory.asSlice(target, 8), accepted);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "0, 7, false", "0, 8, true", "4, 0, true", "4, 1, false",
    "2, 2, false", "1, 8, false"})
  void wordsOfTwoSizesMustBeApart(int source, int target, boolean accepted) {
    MemorySegment memory = MemorySegment.ofArray(new long[3]);
    assertOverlap(Cast.of(S16, S8), memory.asSlice(source, 8), memory.asSlice(target, 4), accepted);
  }

  private static void assertOverlap(Cast cast, MemorySegment source, MemorySegment target,
      boolean accepted) {
    if (accepted) {
      cast.run(source, 0, target, 0, 4);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cast.run(source, 0, target, 0, 4))
          .withMessage(
              "source and target overlap: they must be apart, or start at the same word and have"
                  + " containers of one size");
    }
  }

  @Test
  void rangesOfOneMemoryAreSeenAsRanges() {
    short[] words = {256, 512, 1024, 2048, 1, 2, 3, 4};
    MemorySegment memory = MemorySegment.ofArray(words);
    FixedFormat half = FixedFormat.signed(16, 7);
    Cast.of(S16, half).run(memory, 0, memory, 4, 4);
    assertThat(words).containsExactly(256, 512, 1024, 2048, 128, 256, 512, 1024);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cast.of(S16, half).run(memory, 0, memory, 3, 4));
    Cast.of(S16, half).run(memory, 0, memory, 3, 3);
    assertThat(words).containsExactly(256, 512, 1024, 128, 256, 512, 512, 1024);
  }

  @Test
  void tensorsMustBeOfThePlansFormats() {
    Cast cast = Cast.of(S16, S8);
    FixedTensor words = FixedTensor.allocate(S16, 2, 3);
    assertRefused(cast, FixedTensor.allocate(S8, 2, 3), FixedTensor.allocate(S8, 2, 3),
        "source has the format ap_fixed<8,3>: the plan's is ap_fixed<16,6>");
    assertRefused(cast, words, words,
        "target has the format ap_fixed<16,6>: the plan's is ap_fixed<8,3>");
    assertRefused(cast, words, FixedTensor.allocate(S8, 5), "target has 5 words: it must have 6");
    assertRefused(Cast.fromFloat(S8), words, FixedTensor.allocate(S8, 6),
        "source is a tensor: the plan takes a segment of numbers there");
    assertRefused(Cast.toDouble(S16), words, words,
        "target is a tensor: the plan takes a segment of numbers there");
  }

  private static void assertRefused(Cast cast, FixedTensor from, FixedTensor to, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> cast.run(from, to)).withMessage(message);
  }

  @Test
  void formatsBeyond64BitsAreRefused() {
    FixedFormat wide = FixedFormat.signed(65, 3);
    String message = "ap_fixed<65,3> is wider than 64 bits: kernels hold words of at most 64 bits";
    assertThatIllegalArgumentException().isThrownBy(() -> Cast.of(wide, S8)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> Cast.of(S8, wide)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> Cast.fromFloat(wide))
        .withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> Cast.fromDouble(wide))
        .withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> Cast.toFloat(wide)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> Cast.toDouble(wide)).withMessage(message);
  }

  @Test
  void binaryPointsAsFarAsTheyGo() {
    int far = Integer.MAX_VALUE - 64;
    FixedFormat high = FixedFormat.parse("ap_fixed<8," + far + ",AP_RND,AP_SAT>");
    FixedFormat low = FixedFormat.parse("ap_fixed<8,-" + far + ",AP_RND,AP_SAT>");
    FixedTensor words = FixedTensor.of(S8, new byte[] {-128, -1, 0, 1, 127}, 5);
    FixedTensor results = FixedTensor.allocate(high, 5);
    Cast.of(S8, high).run(words, results);
    Words.assertWords(high, results, i -> words.value(i).cast(high).raw());
    FixedTensor lowResults = FixedTensor.allocate(low, 5);
    Cast.of(S8, low).run(words, lowResults);
    Words.assertWords(low, lowResults, i -> words.value(i).cast(low).raw());
  }

  @Test
  void aPlanExplainsItself() {
    assertThat(Cast.of(S16, S8)).hasToString(Cast.of(S16, S8).explain());
    assertThat(Cast.of(S16, S8).explain()).startsWith("cast ap_fixed<16,6> -> ap_fixed<8,3>: ");
    assertThat(Cast.fromFloat(S8).explain()).startsWith("cast float -> ap_fixed<8,3>: ");
    assertThat(Cast.toDouble(S8).explain()).startsWith("cast ap_fixed<8,3> -> double: ");
  }

  @Test
  void aCastToANumberIsNotCounted() {
    assertThatThrownBy(() -> Cast.toFloat(S8).newStatistics())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a cast to float neither overflows nor is counted");
  }
}
