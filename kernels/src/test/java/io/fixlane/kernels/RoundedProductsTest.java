package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.GemmProblem;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Accumulators with fewer fraction bits than products, cast at every step: where a mode rounds each
 * product by itself, sums of rounded products are the reference's words, and so are those of the
 * steps in the other modes.
 */
class RoundedProductsTest {
  private static final String ROUNDED = "multiply-shift-add, modulo 2^";

  private static boolean roundsProducts(QuantizationMode mode) {
    return List
        .of(QuantizationMode.AP_TRN, QuantizationMode.AP_RND, QuantizationMode.AP_RND_MIN_INF)
        .contains(mode);
  }

  @ParameterizedTest
  @EnumSource
  void theWordsOfTheReference(QuantizationMode mode) {
    Random random = new Random(mode.ordinal());
    for (int i = 0; i < 60; i++) {
      // Products of 32 bits and less, or of more.
      int width = i % 3 == 0 ? 20 : 16;
      FixedFormat a = new FixedFormat(random.nextInt(4) != 0, 2 + random.nextInt(width - 2),
          4, QuantizationMode.AP_TRN, OverflowMode.AP_WRAP, 0);
      FixedFormat w = FixedFormat.signed(2 + random.nextInt(width - 1), 3);
      int fraction = a.fractionBits() + w.fractionBits() - 1 - random.nextInt(14);
      int bits = 4 + random.nextInt(36);
      boolean wraps = random.nextBoolean();
      FixedFormat accumulator = new FixedFormat(random.nextInt(5) != 0, bits, bits - fraction, mode,
          wraps ? OverflowMode.AP_WRAP : OverflowMode.AP_SAT, 0);
      int k = 1 + random.nextInt(40);
      int n = 1 + random.nextInt(40);
      GemmProblem problem = new GemmProblem(Words.withEnds(a, random, 1 + random.nextInt(15), k),
          Words.withEnds(w, random, k, n),
          random.nextBoolean() ? Words.withEnds(accumulator, random, n) : null,
          accumulator, random.nextBoolean(), List.of(FixedFormat.signed(24, 12)));
      boolean whole = problem.plan().explain().contains(ROUNDED);
      if (wraps || !roundsProducts(mode)) {
        assertThat(whole).as("%s", problem.plan()).isEqualTo(roundsProducts(mode));
      }
      FixedTensor target = FixedTensor.allocate(
          problem.outputs().getFirst(), problem.m(), problem.n());
      problem.plan().run(problem.a(), target);
      List<BigInteger> expected = problem.referenceWords();
      Words.assertWords(problem.plan(), target, expected::get);
    }
  }

  /** Convolutions, and depthwise ones, whose columns have activations of their own. */
  @ParameterizedTest
  @EnumSource(names = {"AP_TRN", "AP_RND"})
  void convolutions(QuantizationMode mode) {
    Random random = new Random(9);
    FixedFormat s16 = FixedFormat.signed(16, 6);
    OutputStage stage = OutputStage.to(FixedFormat.signed(12, 5)).withRelu()
        .withAccumulator(FixedFormat.signed(18, 8, mode, OverflowMode.AP_WRAP));
    for (int i = 0; i < 20; i++) {
      int channels = 1 + random.nextInt(20);
      int groups = i % 2 == 0 ? 1 : channels;
      int outputs = groups == 1 ? 1 + random.nextInt(40) : channels;
      ImageShape image = ImageShape.of(5 + random.nextInt(6), 5 + random.nextInt(6), channels)
          .withLayout(random.nextBoolean() ? Layout.NHWC : Layout.NCHW);
      Window window = Window.of(3, 1 + random.nextInt(3)).withPadding(1, 1)
          .withStride(1 + random.nextInt(2), 1);
      FixedTensor w = Words.withEnds(s16, random, outputs, channels / groups, window.kernelHeight(),
          window.kernelWidth());
      Conv2d plan = Conv2d.of(s16, w, image, window, groups, stage);
      assertThat(plan.explain()).contains(ROUNDED);
      Conv2d steps = Conv2d.forced(s16, w, image, window, groups, stage, Unit.INT64);
      assertThat(steps.explain()).contains("every step is cast");
      FixedTensor a = Words.withEnds(s16, random, 2, image.size());
      FixedTensor target = FixedTensor.allocate(stage.result(), 2, plan.output().size());
      FixedTensor expected = FixedTensor.allocate(stage.result(), 2, plan.output().size());
      plan.run(a, target);
      steps.run(a, expected);
      assertThat(Words.bytes(target.segment())).isEqualTo(Words.bytes(expected.segment()));
    }
  }
}
