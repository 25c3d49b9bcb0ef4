package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.RandomWindows;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.FloatBinaryConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import io.fixlane.shape.Window;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers of sums give the reference's words, with random formats and shapes. */
class ProductLayersTest {
  private static final int TRIALS = 25;

  private final Tape tape = Tape.evaluating(Workers.SINGLE);
  private final RandomGenerator random = new SplittableRandom(3);
  private final RandomFormats formats = new RandomFormats(4);

  /** Narrow words are summed up in floats, wide ones and accumulators that step by a plan. */
  private SumFormats sumFormats(int width) {
    Random choice = formats.random();
    SumFormats made = SumFormats.of(
        TrainableFormat.pinned(formats.format(2, width)),
        TrainableFormat.pinned(formats.format(2, width)),
        TrainableFormat.pinned(formats.format(2, 24)));
    made = choice.nextInt(3) == 0 ? made.withKHot(KHot.of(2, KHotRule.NEAREST)) : made;
    made = choice.nextInt(3) == 0 ? made.withRelu(made.output()) : made;
    return choice.nextInt(3) == 0 ? made.withAccumulator(formats.format(4, 30)) : made;
  }

  /** Exact sums, and a cast. */
  private static SumFormats sums(FixedFormat result) {
    TrainableFormat format = TrainableFormat.pinned(result);
    return SumFormats.of(format, format, format);
  }

  private static void randomize(Tensor bias, Random random) {
    for (int i = 0; i < bias.size(); i++) {
      bias.data()[i] = (float) random.nextGaussian();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void linear(int width) {
    for (int trial = 0; trial < TRIALS; trial++) {
      Linear floats = new Linear(1 + trial, 3, trial % 4 == 0 ? Bias.NONE : Bias.LEARNED, random);
      if (floats.bias() != null) {
        randomize(floats.bias(), formats.random());
      }
      SumFormats made = sumFormats(width);
      FixedLinear layer = new FixedLinear(floats, made);
      Tensor x = formats.words(formats.format(2, width), 4, 1 + trial);
      Tensor y = layer.forward(tape, x);
      assertThat(y.format()).isEqualTo(made.output().format());
      assertThat(y.data()).as("%s with %s", made, x.format()).containsExactly(
          ReferenceLayers.linear(x, layer.words(tape), layer.bias(tape),
              made));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void conv2d(int width) {
    for (int trial = 0; trial < TRIALS; trial++) {
      Random choice = formats.random();
      Window window = RandomWindows.convolution(choice, 5, 6);
      int groups = 1 + choice.nextInt(2);
      Bias bias = choice.nextBoolean() ? Bias.NONE : Bias.LEARNED;
      FloatConv2d floats = new FloatConv2d(2 * groups, 3 * groups, window, groups, bias, random);
      SumFormats made = sumFormats(width);
      FixedConv2d layer = new FixedConv2d(floats, made);
      Tensor x = formats.words(formats.format(2, width), 2, 5, 6, 2 * groups);
      assertThat(layer.forward(tape, x).data()).as("%s, %s with %s", window, made, x.format())
          .containsExactly(ReferenceLayers.conv2d(x, layer.words(tape), window, groups,
              layer.bias(tape), made));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void depthwiseConv2d(int width) {
    for (int trial = 0; trial < TRIALS; trial++) {
      Window window = RandomWindows.convolution(formats.random(), 4, 4);
      DepthwiseConv2d floats = new DepthwiseConv2d(3, window, Bias.LEARNED, random);
      SumFormats made = sumFormats(width);
      FixedDepthwiseConv2d layer = new FixedDepthwiseConv2d(floats, made);
      Tensor x = formats.words(formats.format(2, width), 2, 4, 4, 3);
      assertThat(layer.forward(tape, x).data()).as("%s, %s with %s", window, made, x.format())
          .containsExactly(ReferenceLayers.conv2d(x, layer.words(tape), window, 3,
              layer.bias(tape), made));
    }
  }

  @Test
  void binaryConv2dSumsUpSigns() {
    Window window = Window.of(3, 2).withStride(2, 2).withPadding(1, 0, 0, 1).ceil();
    for (int groups = 1; groups <= 2; groups++) {
      FloatBinaryConv2d floats = new FloatBinaryConv2d(6, 4, window, groups, random);
      FixedBinaryConv2d layer = new FixedBinaryConv2d(floats);
      Tensor x = formats.words(FixedFormat.signed(4, 2), 2, 5, 5, 6);
      Tensor signs = tape.sign(x, 1);
      // 36 signs at most, so 7 bits.
      FixedFormat exact = FixedFormat.parse("ap_fixed<" + (8 - groups) + "," + (8 - groups)
          + ",AP_TRN,AP_SAT>");
      Tensor y = layer.forward(tape, x);
      assertThat(y.format()).isEqualTo(exact);
      assertThat(y.data()).containsExactly(floats.forward(tape, x).data()).containsExactly(
          ReferenceLayers.conv2d(signs, layer.words(tape), window, groups, null, sums(exact)));
      FixedFormat narrow = FixedFormat.parse("ap_fixed<4,5,AP_RND,AP_WRAP>");
      assertThat(new FixedBinaryConv2d(floats, TrainableFormat.pinned(narrow))
          .forward(tape, x).data()).containsExactly(ReferenceLayers.conv2d(
              signs, layer.words(tape), window, groups, null, sums(narrow)));
    }
  }

  @Test
  void floatsAreSummedUpOnlyWhereTheyAreExact() {
    FixedFormat eight = FixedFormat.signed(8, 4);
    Tensor full = new FixedCast(TrainableFormat.pinned(eight))
        .forward(tape, Tensor.of(new float[] {-8, -8, -8, -8}, 4, 1));
    // 4 x 128 x 128 = 2^16, in steps of 2^-8: 256.
    SumBound bound = SumBound.of(eight, full, null);
    assertThat(bound).isEqualTo(new SumBound(256, 8));
    assertThat(bound.isExactIn(null)).isTrue();
    assertThat(SumBound.of(FixedFormat.signed(16, 12), full, null).isExactIn(null)).isTrue();
    assertThat(SumBound.of(FixedFormat.signed(17, 13), full, null).isExactIn(null)).isFalse();
    // An accumulator must hold the bound, 256, and every fraction bit.
    assertThat(bound.isExactIn(FixedFormat.signed(18, 10))).isTrue();
    assertThat(bound.isExactIn(FixedFormat.signed(17, 9))).isFalse();
    assertThat(bound.isExactIn(FixedFormat.signed(17, 10))).isFalse();
    assertThat(bound.isExactIn(FixedFormat.unsigned(18, 10))).isFalse();
  }
}
