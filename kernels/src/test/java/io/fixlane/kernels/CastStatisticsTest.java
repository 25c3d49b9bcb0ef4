package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

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
