package io.fixlane.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products that are divided for the caches, in every unit: steps in several chunks, rows in several
 * blocks, columns in several groups. The words are those of plain long arithmetic.
 */
class GemmSizesTest {

  @ParameterizedTest
  @CsvSource({
    // m, k, n: blocks of rows by what is read, and by what is formed; chunks of steps, with many
    // rows and few
    "150, 1000, 2", "700, 1, 1600", "30, 2100, 20", "2, 2100, 70"})
  void sumsAreThoseOfLongs(int m, int k, int n) {
    check(m, k, n, 8, 8, null, 256);
    check(m, k, n, 8, 4, null, 16);
    check(m, k, n, 8, 8, null, 2);
    check(m, k, n, 20, 20, null, 1 << 20);
    check(m, k, n, 16, 16, FixedFormat.signed(32, 32), 1 << 16);
    check(m, k, n, 8, 8, FixedFormat.parse("ap_fixed<18,18,AP_TRN,AP_SAT>"), 256);
  }

  /** More columns than a group has, whose weights are widened together. */
  @Test
  void groupsOfColumns() {
    check(5, 1024, 1100, 8, 8, null, 256);
  }

  private static void check(int m, int k, int n, int aWidth, int wWidth,
      @Nullable FixedFormat accumulator, int weights) {
    FixedFormat activations = FixedFormat.signed(aWidth, aWidth);
    FixedTensor a = random(activations, 1 << aWidth, m, k);
    FixedTensor w = random(FixedFormat.signed(wWidth, wWidth), weights, k, n);
    FixedFormat output = FixedFormat.signed(64, 64);
    OutputStage exact = OutputStage.to(output);
    Gemm plan = Gemm.of(activations, w, accumulator == null
        ? exact
        : exact.withAccumulator(accumulator));
    FixedTensor target = FixedTensor.allocate(output, m, n);
    plan.run(a, target);
    long[] words = LongStream.range(0, a.size()).map(a::raw).toArray();
    long[] column = new long[k];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < k; i++) {
        column[i] = w.raw((long) i * n + j);
      }
      for (int row = 0; row < m; row++) {
        long sum = sum(words, row, column, accumulator);
        if (target.raw((long) row * n + j) != sum) {
          assertThat(target.raw((long) row * n + j)).as("row %d, column %d\n%s", row, j, plan)
              .isEqualTo(sum);
        }
      }
    }
  }

  /** Returns random words: so many different ones, from the smallest on. */
  private static FixedTensor random(FixedFormat format, int different, int rows, int columns) {
    Random random = new Random(columns);
    FixedTensor tensor = FixedTensor.allocate(format, rows, columns);
    for (long i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, format.minRaw().longValue() + random.nextInt(different));
    }
    return tensor;
  }

  private static long sum(long[] words, int row, long[] column,
      @Nullable FixedFormat accumulator) {
    long sum = 0;
    for (int i = 0; i < column.length; i++) {
      sum += words[row * column.length + i] * column[i];
      if (accumulator != null) {
        int unused = Long.SIZE - accumulator.width();
        sum = accumulator.overflow().wraps()
            ? sum << unused >> unused
            : Math.clamp(sum, -1L << accumulator.width() - 1, (1L << accumulator.width() - 1) - 1);
      }
    }
    return sum;
  }
}
