package io.fixlane.kernels.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What statistics count, and how they add up; property tests compare them with the reference. */
class CastStatisticsTest {
  private static final FixedFormat SOURCE = FixedFormat.signed(16, 8);
  private static final FixedFormat TARGET = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
  private final Cast cast = Cast.of(SOURCE, TARGET);

  private CastStatistics count(long... raw) {
    CastStatistics statistics = cast.newStatistics();
    FixedTensor source = FixedTensor.allocate(SOURCE, raw.length);
    for (int i = 0; i < raw.length; i++) {
      source.setRaw(i, raw[i]);
    }
    cast.run(source, FixedTensor.allocate(TARGET, raw.length), statistics);
    return statistics;
  }

  @Test
  void countsWordsAtTheEndsOfTheRange() {
    // 127.5 steps of the target round to 128, one above its largest word; -128.5 round to -128.
    CastStatistics statistics = count(127 * 16, 127 * 16 + 8, -128 * 16 - 8, -128 * 16 - 9);
    assertThat(statistics.words()).isEqualTo(4);
    assertThat(statistics.overflowedHigh()).isEqualTo(1);
    assertThat(statistics.overflowedLow()).isEqualTo(1);
    assertThat(statistics.inexact()).isEqualTo(3);
    assertThat(statistics.min()).isEqualByComparingTo(new BigDecimal("-8.03515625"));
    assertThat(statistics.max()).isEqualByComparingTo(new BigDecimal("7.96875"));
    assertThat(statistics).hasToString(
        "4 words: 1 overflowed high, 1 overflowed low, 3 lost bits;"
            + " values -8.03515625 to 7.96875");
  }

  /** The header keeps -1, the only word of one bit below 0, and saturates -5 to it. */
  @Test
  void symmetricSaturationOfOneBitKeepsMinusOne() {
    FixedFormat bit = FixedFormat.parse("ap_fixed<1,1,AP_TRN,AP_SAT_SYM>");
    FixedFormat source = FixedFormat.signed(8, 8);
    Cast plan = Cast.of(source, bit);
    FixedTensor words = FixedTensor.of(source, new byte[] {-1, -1, -5, 0, 3}, 5);
    FixedTensor bits = FixedTensor.allocate(bit, 5);
    CastStatistics counted = plan.newStatistics();
    plan.run(words, bits, counted);
    assertThat(bits.contentEquals(FixedTensor.of(bit, new byte[] {-1, -1, -1, 0, 0}, 5))).isTrue();
    assertThat(counted.overflowedLow()).isEqualTo(1);
    assertThat(counted.overflowedHigh()).isEqualTo(1);

    Cast numbers = Cast.fromFloat(bit);
    CastStatistics ofFloats = numbers.newStatistics();
    float[] floats = {-1, -1, -5, 0, 3};
    numbers.run(MemorySegment.ofArray(floats), 0, bits.segment(), 0, 5, ofFloats);
    assertThat(ofFloats.overflowedLow()).isEqualTo(1);
    assertThat(ofFloats.overflowedHigh()).isEqualTo(1);
  }

  @Test
  void farBinaryPointsAreTextWithoutTheirDigits() {
    FixedFormat far = FixedFormat.signed(8, 1_000_000_000);
    Cast plan = Cast.of(far, TARGET);
    FixedTensor words = FixedTensor.of(far, new byte[] {-3, 5}, 2);
    CastStatistics counted = plan.newStatistics();
    plan.run(words, FixedTensor.allocate(TARGET, 2), counted);
    assertThat(counted.toString()).endsWith("; values -3 x 2^999999992 to 5 x 2^999999992");
    assertThat(words.toString()).contains("-3 x 2^999999992", "5 x 2^999999992");
  }

  @Test
  void addUpOverRunsAndThreads() {
    CastStatistics all = count(1, 2, 3);
    all.merge(count(32767, -5));
    all.merge(cast.newStatistics());
    assertThat(all.words()).isEqualTo(5);
    assertThat(all.overflowedHigh()).isEqualTo(1);
    assertThat(all.min()).isEqualByComparingTo("-0.01953125");
    assertThat(all.max()).isEqualByComparingTo("127.99609375");
  }

  /** Loops count in lanes of 16 bits: each of them, and their sum, is at its limit here. */
  @ParameterizedTest
  @ValueSource(ints = {65_503, 65_504, 65_505, 131_008, 131_009, 200_001})
  void countEveryWordOfALongRun(int words) {
    for (int width : new int[] {16, 32, 64}) {
      FixedFormat source = FixedFormat.signed(width, 8);
      FixedTensor from = FixedTensor.allocate(source, words);
      for (int i = 0; i < words; i++) {
        from.setRaw(i, source.maxRaw().longValue());
      }
      Cast plan = Cast.of(source, TARGET);
      assertAllHigh(plan, from.segment(), words);
    }
    float[] floats = new float[words];
    Arrays.fill(floats, 1000.01f);
    assertAllHigh(Cast.fromFloat(TARGET), MemorySegment.ofArray(floats), words);
    assertAllHigh(Cast.fromFloat(FixedFormat.signed(8, 4)), MemorySegment.ofArray(floats), words);
    double[] doubles = new double[words];
    Arrays.fill(doubles, 1000.01);
    assertAllHigh(Cast.fromDouble(TARGET), MemorySegment.ofArray(doubles), words);
  }

  private static void assertAllHigh(Cast plan, MemorySegment from, int words) {
    CastStatistics statistics = plan.newStatistics();
    plan.run(from, 0, MemorySegment.ofArray(new byte[words]), 0, words, statistics);
    assertThat(statistics.words()).as("%s: words", plan).isEqualTo(words);
    assertThat(statistics.overflowedHigh()).as("%s: high", plan).isEqualTo(words);
    assertThat(statistics.overflowedLow()).as("%s: low", plan).isZero();
    assertThat(statistics.inexact()).as("%s: inexact", plan).isEqualTo(words);
    assertThat(statistics.min()).isEqualByComparingTo(statistics.max());
  }

  @Test
  void compareUnsignedWordsOf64BitsAsUnsigned() {
    FixedFormat wide = FixedFormat.unsigned(64, 64);
    Cast plan = Cast.of(wide, FixedFormat.unsigned(8, 8));
    CastStatistics statistics = plan.newStatistics();
    FixedTensor source = FixedTensor.of(wide, new long[] {-1, 5, 7}, 3);
    plan.run(source, FixedTensor.allocate(FixedFormat.unsigned(8, 8), 3), statistics);
    assertThat(statistics.min()).isEqualByComparingTo("5");
    assertThat(statistics.max()).isEqualByComparingTo("18446744073709551615");
    assertThat(statistics.overflowedHigh()).isEqualTo(1);
  }

  @Test
  void haveNoRangeBeforeAWordIsCast() {
    CastStatistics empty = cast.newStatistics();
    assertThat(empty).hasToString("no words");
    assertThatThrownBy(empty::min).isInstanceOf(IllegalStateException.class)
        .hasMessage("no word was cast: there is no smallest or largest value");
  }

  @Test
  void sayThatAnInfinityHasNoExactValue() {
    Cast plan = Cast.fromFloat(TARGET);
    CastStatistics statistics = plan.newStatistics();
    MemorySegment numbers = MemorySegment.ofArray(new float[] {Float.POSITIVE_INFINITY, 1});
    plan.run(numbers, 0, FixedTensor.allocate(TARGET, 2).segment(), 0, 2, statistics);
    assertThat(statistics.min()).isEqualByComparingTo("1");
    assertThatThrownBy(statistics::max).hasMessage("an infinity was cast: it has no exact value");
    assertThat(statistics.toString()).endsWith("values 1 to Infinity");
  }

  @Test
  void ofAnotherFormatAreRefused() {
    CastStatistics other = Cast.of(TARGET, SOURCE).newStatistics();
    assertThatThrownBy(() -> count(1).merge(other)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("other counts values of " + TARGET + ": it must count values of " + SOURCE);
    FixedTensor source = FixedTensor.allocate(SOURCE, 1);
    FixedTensor target = FixedTensor.allocate(TARGET, 1);
    assertThatThrownBy(() -> cast.run(source, target, other))
        .hasMessage(
            "statistics count values of " + TARGET + ": the plan casts values of " + SOURCE);
  }

  @Test
  void areNotCountedForACastToFloat() {
    assertThatThrownBy(() -> Cast.toFloat(SOURCE).newStatistics())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a cast to float neither overflows nor is counted");
  }
}
