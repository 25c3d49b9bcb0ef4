package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.fixture.NativeAccess;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.tiles.kernel.DotProducts;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sums of words of 16 bits that 32 bits do not hold, by dot products of blocks of steps: what plans
 * take by themselves, and the words of plain sums of longs.
 */
@ExtendWith(NativeAccess.class)
class MachineCodeWideTest {
  private static final FixedFormat S16 = FixedFormat.signed(16, 16);
  private static final FixedFormat S10 = FixedFormat.signed(10, 10);
  private static final FixedFormat S64 = FixedFormat.signed(64, 64);
  private static final String BYTES = " of high and low bytes, exact up to 2^31 - 1";
  private static final String WORDS = " into 64 bits, exact up to 2^31 - 1";

  @BeforeAll
  static void requireUnit() {
    assumeTrue(
        DotProducts.usable().stream().anyMatch(each -> each.label().endsWith(" into 64 bits")),
        "no dot products of words of 16 bits here");
  }

  private static List<Long> run(Gemm plan, FixedTensor a, OutputStage stage, int n) {
    FixedTensor target = FixedTensor.allocate(stage.result(), a.dimension(0), n);
    plan.run(a, target);
    return LongStream.range(0, target.size()).mapToObj(target::raw).toList();
  }

  private static void check(
      FixedFormat weight, String unit, int m, int k, int n, Random random) {
    FixedTensor w = Words.withEnds(weight, random, k, n);
    OutputStage stage =
        OutputStage.to(S64).withBias(Words.withEnds(FixedFormat.signed(62, 62), random, n));
    Gemm plan = Gemm.of(S16, w, stage);
    assertThat(plan.explain()).contains(unit);
    FixedTensor a = Words.withEnds(S16, random, m, k);
    assertThat(run(plan, a, stage, n)).as("%d x %d x %d", m, k, n)
        .isEqualTo(run(Gemm.forced(S16, w, stage, Unit.INT64), a, stage, n));
  }

  @Test
  void productsOfAllSizes() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int k = 40 + random.nextInt(600);
      check(S16, BYTES, 1 + random.nextInt(30), k, 1 + random.nextInt(90), random);
      check(S10, WORDS, 1 + random.nextInt(30), 200 + k, 1 + random.nextInt(90), random);
    }
  }

  /** Weights beyond a mebibyte, in half the memory where they are two signed bytes, or not. */
  @Test
  void largeWeights() {
    Random random = new Random(2);
    FixedFormat s15 = FixedFormat.signed(15, 15);
    FixedFormat s8 = FixedFormat.signed(8, 8);
    for (int m = 1; m <= 5; m++) {
      check(s15, BYTES, m, 5_003, 128, random);
      check(S16, BYTES, m, 5_003, 128, random);
      check(s8, WORDS, m, 5_003, 128, random);
    }
  }

  /** Of the largest products 511 or 512 have 32 bits; a block of more of them is wrong. */
  @ParameterizedTest
  @CsvSource({"-128, ' into 64 bits'", "32767, ' of high and low bytes'"})
  void aBlockEndsBeforeItsSumsLeave32Bits(long weight, String label) {
    Unit unit = DotProducts.usable().stream().filter(each -> each.label().endsWith(label))
        .findFirst().orElseThrow();
    OutputStage stage = OutputStage.to(S64);
    for (int k : new int[] {510, 511, 512, 513, 514, 1024, 3_000}) {
      FixedTensor w = FixedTensor.allocate(S16, k, 1);
      FixedTensor a = FixedTensor.allocate(S16, 9, k);
      for (int i = 0; i < k; i++) {
        w.setRaw(i, weight);
      }
      for (int i = 0; i < a.size(); i++) {
        a.setRaw(i, Short.MIN_VALUE);
      }
      // What makes the whole sum longer than 32 bits lies in a block of its own.
      w.setRaw(0, Short.MIN_VALUE);
      long sum = (1L << 30) - (k - 1) * (weight << 15);
      Gemm plan = Gemm.of(S16, w, stage);
      assertThat(plan.explain()).contains(label + ", exact up to 2^31 - 1");
      assertThat(run(plan, a, stage, 1)).containsOnly(sum);
      if (k > 514) {
        assertThat(run(Gemm.forced(S16, w, stage, unit), a, stage, 1)).doesNotContain(sum);
      }
    }
  }

  @Test
  void convolutions() {
    Random random = new Random(3);
    OutputStage stage = OutputStage.to(new FixedFormat(
        true, 16, 30, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT, 0)).withRelu();
    for (int i = 0; i < 60; i++) {
      FixedFormat weight = i % 2 == 0 ? S16 : S10;
      ImageShape image = ImageShape.of(6 + random.nextInt(9), 6 + random.nextInt(9),
          5 + random.nextInt(40)).withLayout(random.nextBoolean() ? Layout.NHWC : Layout.NCHW);
      Window window = Window.of(3, 1 + random.nextInt(5))
          .withStride(1 + random.nextInt(2), 1 + random.nextInt(2)).withPadding(1, 1);
      FixedTensor w = Words.withEnds(weight, random, 1 + random.nextInt(70), image.channels(),
          window.kernelHeight(), window.kernelWidth());
      Conv2d plan = Conv2d.of(S16, w, image, window, stage);
      FixedTensor a = Words.withEnds(S16, random, 2, image.size());
      FixedTensor target = FixedTensor.allocate(stage.result(), 2, plan.output().size());
      FixedTensor expected = FixedTensor.allocate(stage.result(), 2, plan.output().size());
      plan.run(a, target);
      Conv2d.forced(S16, w, image, window, 1, stage, Unit.INT64).run(a, expected);
      assertThat(Words.bytes(target.segment())).as(plan.explain())
          .isEqualTo(Words.bytes(expected.segment()));
    }
  }
}
