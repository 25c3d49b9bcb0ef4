package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.CastStatistics;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Cast} and {@link CastStatistics}. */
class CastExample {
  @Test
  void cast() {
    // @start region="cast"
    FixedFormat target = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    Cast quantize = Cast.fromFloat(target);

    float[] numbers = {1.5f, -0.046875f, 2.71828f, 100f};
    byte[] words = new byte[4];
    quantize.run(MemorySegment.ofArray(numbers), 0, MemorySegment.ofArray(words), 0, 4);
    // 1.5 x 2^5; -1.5 goes to the even -2; 86.98 to the nearest; 3200 saturates.
    assertThat(words).containsExactly(48, -2, 87, 127);

    // From word to word: three bits fewer below the binary point, rounded once more.
    FixedFormat narrow = FixedFormat.parse("ap_fixed<5,3,AP_RND,AP_SAT>");
    FixedTensor result = FixedTensor.allocate(narrow, 4);
    Cast.of(target, narrow).run(FixedTensor.of(target, words, 4), result);
    assertThat(result).hasToString("""
        ap_fixed<5,3,AP_RND,AP_SAT> [4]
           1.5     0  2.75  3.75""");
    // @end
  }

  @Test
  void statistics() {
    // @start region="statistics"
    FixedFormat accumulator = FixedFormat.signed(16, 8);
    FixedFormat activation = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");
    FixedTensor sums = FixedTensor.of(accumulator, new short[] {256, 260, 2000, -1024, -1025}, 5);

    Cast cast = Cast.of(accumulator, activation);
    CastStatistics statistics = cast.newStatistics();
    cast.run(sums, FixedTensor.allocate(activation, 5), statistics);

    // 260 is half a step above 1; 7.8125 is too large, -4.00390625 rounds to -4, the smallest.
    assertThat(statistics).hasToString(
        "5 words: 1 overflowed high, 0 overflowed low, 2 lost bits; values -4.00390625 to 7.8125");
    // @end
  }
}
