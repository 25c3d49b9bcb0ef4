package io.fixlane.jmh;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.Check;
import io.fixlane.jmh.check.ConvCheck;
import io.fixlane.jmh.check.ConvSizes;
import io.fixlane.jmh.check.GemmCheck;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose plan is not yet built.
 *
 * @param build builds the plan, and returns a run of it
 * @param check compares what the run has written with the reference, and throws an
 *     IllegalStateException
 */
record PlannedLayer(Supplier<Runnable> build, Runnable check) {
  private static final FixedFormat WIDE = FixedFormat.signed(16, 7);
  private static final FixedFormat ACTIVATION = FixedFormat.signed(8, 3);
  private static final FixedFormat WEIGHT = FixedFormat.signed(8, 1);
  private static final FixedFormat OUTPUT = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** Returns a cast of words, s16 into s8. */
  static PlannedLayer cast(int words) {
    FixedTensor x = RandomWords.skewed(WIDE, 1, words);
    FixedTensor to = FixedTensor.allocate(OUTPUT, words);
    return new PlannedLayer(() -> {
      Cast plan = Cast.of(WIDE, OUTPUT);
      return () -> plan.run(x, to);
    }, () -> {
      for (int i = 0; i < words; i++) {
        Fixed expected = x.value(i).cast(OUTPUT);
        Check.equal(i, expected, to.value(i));
      }
    });
  }

  /**
   * Returns a product of matrices with bias, relu and the cast to 8 bits, its sums exact.
   *
   * @param weight the format of the weights: 8 bits, or 2 for -1, 0 and 1
   */
  static PlannedLayer gemm(int m, int k, int n, FixedFormat weight) {
    FixedTensor a = RandomWords.skewed(ACTIVATION, 1, m, k);
    FixedTensor weights = weight.width() == 2
        ? RandomWords.ternary(weight, 2, k, n)
        : RandomWords.uniform(weight, 2, k, n);
    FixedTensor bias = RandomWords.uniform(ACTIVATION.times(weight), 3, n);
    return gemm(a, weights, bias, null);
  }

  /** Returns a square product s8 x s8 whose accumulator rounds and saturates at every step. */
  static PlannedLayer steps(int size) {
    FixedTensor a = RandomWords.skewed(ACTIVATION, 1, size, size);
    FixedTensor weights = RandomWords.uniform(WEIGHT, 2, size, size);
    FixedTensor bias = RandomWords.uniform(ACTIVATION.times(WEIGHT), 3, size);
    return gemm(a, weights, bias, FixedFormat.parse("ap_fixed<16,6,AP_RND,AP_SAT>"));
  }

  private static PlannedLayer gemm(FixedTensor a, FixedTensor weights, FixedTensor bias,
      @Nullable FixedFormat accumulator) {
    OutputStage exact = OutputStage.to(OUTPUT).withBias(bias).withRelu();
    OutputStage stage = accumulator == null ? exact : exact.withAccumulator(accumulator);
    FixedTensor to = FixedTensor.allocate(OUTPUT, a.dimension(0), weights.dimension(1));
    return new PlannedLayer(() -> {
      Gemm plan = Gemm.of(a.format(), weights, stage);
      return () -> plan.run(a, to);
    }, () -> GemmCheck.sample(a, weights, bias, accumulator, true, to));
  }

  /** Returns a convolution 3 x 3 of an image, s8 x s8, with bias, relu and the cast to 8 bits. */
  static PlannedLayer conv(int channels, int side, int outputs, int groups) {
    ConvSizes sizes = ConvSizes.of(channels, side, outputs, groups);
    FixedTensor x = sizes.images(ACTIVATION);
    FixedTensor weights = sizes.weights(WEIGHT);
    FixedTensor bias = RandomWords.uniform(ACTIVATION.times(WEIGHT), 3, outputs);
    OutputStage stage = OutputStage.to(OUTPUT).withBias(bias).withRelu();
    FixedTensor to = sizes.results(OUTPUT);
    return new PlannedLayer(() -> {
      Conv2d plan = sizes.plan(ACTIVATION, weights, stage);
      return () -> plan.run(x, to);
    }, () -> ConvCheck.sample(x, weights, bias, sizes, true, to));
  }
}
