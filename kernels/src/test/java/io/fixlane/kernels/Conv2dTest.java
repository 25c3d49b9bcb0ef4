package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.ConvProblem;
import io.fixlane.kernels.fixture.Convolution;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.kernels.fixture.Words;
import io.fixlane.kernels.lanes.compile.VectorProvider;
import io.fixlane.kernels.tiles.kernel.Unit;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions whose sizes are those at which the kernels change what they do. */
class Conv2dTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 3);

  private static ConvProblem problem(Convolution conv, int images, Accumulators accumulators,
      int seed) {
    return ConvProblem.of(conv, images, S8, S8, WordKind.ANY, WordKind.ANY, accumulators,
        new Random(seed));
  }

  private static void check(ConvProblem problem) {
    check(problem, problem.plan());
  }

  private static void check(ConvProblem problem, Conv2d plan) {
    FixedTensor target = problem.target();
    plan.run(problem.x(), target);
    List<BigInteger> expected = problem.referenceWords();
    Words.assertWords(problem + "\n" + plan, target, expected::get);
  }

  /**
   * Images of more than the 256 KiB that a band holds, in bands of many rows or, where two rows do
   * not fit, of one.
   */
  @ParameterizedTest
  @MethodSource("images")
  void imagesLargerThanOneBand(Convolution conv, Accumulators accumulators) {
    ConvProblem problem = problem(conv, 1, accumulators, 1);
    List<BigInteger> expected = problem.referenceWords();
    Conv2d plan = problem.plan();
    for (int parts : new int[] {1, 3}) {
      FixedTensor target = problem.target();
      plan.run(problem.x(), target, Runnable::run, parts);
      Words.assertWords(problem + "\n" + plan, target, expected::get);
    }
  }

  /** Places lie far apart, so that the reference has few to compute. */
  static Stream<Arguments> images() {
    Convolution tall = Convolution.of(130, 50, 16, 1,
        Window.of(2, 1).withPadding(1, 1, 0, 0).withStride(1, 12));
    Convolution wide = Convolution.of(3, 2000, 12, 1,
        Window.of(2, 2).withPadding(0, 1, 1, 0).withStride(1, 9));
    Convolution gaps = Convolution.of(7, 2000, 12, 2,
        Window.of(2, 3).withPadding(1, 1).withStride(2, 9).withDilation(2, 2).ceil());
    Convolution depthwise = Convolution.of(130, 50, 16, 16, Window.of(2, 1).withStride(1, 12))
        .withGroups(16);
    Layout nchw = Layout.NCHW;
    return Stream.of(Accumulators.EXACT, Accumulators.ROUNDING).flatMap(a -> Stream.of(
        argumentSet("bands of many rows, " + a, tall, a),
        argumentSet("bands of one row of planes, " + a, wide.withLayout(nchw), a),
        argumentSet("bands of one row of places, " + a, gaps, a),
        argumentSet("depthwise, " + a, depthwise.withLayout(nchw), a)));
  }

  /**
   * A table's group of weights does not divide the channels of a pixel: their places are filled up,
   * to as many as all channels of the image or to others.
   */
  @ParameterizedTest
  @EnumSource
  void tablesOfWeightsWhoseGroupDoesNotDivideTheChannels(Layout layout) {
    boolean tables = false;
    for (int channels = 1; channels <= 6; channels++) {
      for (int groups = 1; groups <= 5; groups++) {
        Convolution conv = Convolution.of(3, 3, channels * groups, 33 * groups,
            Window.of(2, 2).withPadding(1, 1)).withGroups(groups).withLayout(layout);
        FixedFormat signs = FixedFormat.signed(1, 1);
        ConvProblem problem = ConvProblem.of(conv, 1, FixedFormat.signed(3, 3), signs,
            WordKind.ANY, WordKind.ANY, Accumulators.EXACT, new Random(channels));
        // Not every machine's tables are the fastest.
        Conv2d plan = Conv2d.forced(problem.x().format(), problem.weights(), conv.image(),
            conv.window(), groups, problem.layer().stage(), Unit.TABLE);
        tables |= plan.explain().contains("unit         table look-up");
        check(problem, plan);
      }
    }
    assertThat(tables).isEqualTo(VectorProvider.vectorBits() > 0);
  }

  /** A kernel as large as the padded image, one place, and strides beyond the image. */
  @Test
  void onePlaceInThePadding() {
    for (int padding = 0; padding <= 3; padding++) {
      for (int stride = 1; stride <= 9; stride++) {
        for (Layout layout : Layout.values()) {
          Convolution conv = Convolution.of(1, 2, 3, 4,
              Window.of(1, 1).withStride(stride, stride).withPadding(padding, padding));
          check(problem(conv.withLayout(layout), 2, Accumulators.EXACT, stride));
        }
      }
    }
  }

  /** A run of a fresh thread, whose scratch memory is not there yet, none of it with a pixel. */
  @ParameterizedTest
  @EnumSource
  void thePaddingIsWiderThanAllThatIsRead(Layout layout) {
    Convolution conv = Convolution.of(1, 1, 90, 2,
        Window.of(1, 1).withStride(1, 20).withPadding(0, 9)).withLayout(layout);
    CompletableFuture.runAsync(() -> check(problem(conv, 1, Accumulators.EXACT, 1)),
        task -> Thread.ofPlatform().start(task)).join();
  }

  /** Rows times parts are more than an int counts. */
  @Test
  @OneWidth
  void manyPartsOfManyRows() {
    int rows = 70_000;
    Random random = new Random(5);
    FixedTensor x = Words.tensor(S8, random, rows);
    Conv2d plan = Conv2d.of(S8, Words.tensor(S8, random, 1, 1, 2, 1), ImageShape.of(rows, 1, 1),
        Window.of(2, 1).withPadding(1, 0), OutputStage.to(S8));
    FixedTensor expected = FixedTensor.allocate(S8, rows + 1);
    plan.run(x, expected);
    FixedTensor target = FixedTensor.allocate(S8, rows + 1);
    plan.run(x, target, _ -> {}, 65_000);
    assertThat(target.contentEquals(expected)).isTrue();
  }

  @Test
  void noImagesHaveNoResults() {
    Conv2d plan = Conv2d.of(S8, FixedTensor.allocate(S8, 6, 3, 3, 3), ImageShape.of(4, 5, 3),
        Window.of(3, 3), OutputStage.to(S8));
    FixedTensor none = FixedTensor.allocate(S8, 0, 4, 5, 3);
    FixedTensor target = FixedTensor.allocate(S8, 0, 2, 3, 6);
    plan.run(none, target);
    plan.run(none, target, Runnable::run, 4);
    assertThat(target.size()).isZero();
  }

  /** The plan keeps nothing of the tensors that it was made from. */
  @Test
  void laterChangesOfWeightsAndBiasDoNotReachThePlan() {
    FixedTensor weights = Words.tensor(S8, new Random(1), 8, 2, 3, 3);
    FixedTensor bias = Words.tensor(S8, new Random(2), 8);
    FixedTensor x = Words.tensor(S8, new Random(3), 5, 5, 4);
    Conv2d plan = Conv2d.of(S8, weights, ImageShape.of(5, 5, 4), Window.of(3, 3), 2,
        OutputStage.to(S8).withBias(bias).withScaleAndShift(bias, bias, S8));
    FixedTensor before = FixedTensor.allocate(S8, 3, 3, 8);
    FixedTensor after = FixedTensor.allocate(S8, 3, 3, 8);
    plan.run(x, before);
    Words.fill(weights, new Random(4));
    Words.fill(bias, new Random(5));
    plan.run(x, after);
    assertThat(after.contentEquals(before)).isTrue();
  }

  @Test
  void aPlanSaysWhatItDoes() {
    ImageShape image = ImageShape.of(8, 9, 16);
    Conv2d plan = Conv2d.of(S8, Words.tensor(S8, new Random(1), 6, 8, 3, 3), image,
        Window.of(3, 3).withStride(2, 2).samePadding(image), 2,
        OutputStage.to(S8).withAccumulator(FixedFormat.parse("ap_fixed<16,6,AP_RND,AP_SAT>")));
    assertThat(plan.image()).isEqualTo(image);
    assertThat(plan.output()).isEqualTo(ImageShape.of(4, 5, 6));
    assertThat(plan).asString()
        .startsWith("conv2d ap_fixed<8,3> x ap_fixed<8,3>, 3 x 3, stride 2 x 2, padding 0 above, "
            + "1 below, 1 left, 1 right, 8 x 9 x 16 NHWC to 4 x 5 x 6 NHWC, 2 groups\n")
        .contains(
            "accumulator  ap_fixed<16,6,AP_RND,AP_SAT>", "step by step: every step is cast",
            "bound        -", "each step an exact sum and a cast",
            "weights      ", "output       cast into ap_fixed<8,3>",
            "whole sums  a step can leave");
  }
}
