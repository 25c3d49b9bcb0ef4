package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.AvgPool2d;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatBinaryConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.LeakyReLU;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Fixed-point layers agree with their float twins, values and gradients, as far as the steps of
 * their formats allow; the float ones are held against central differences.
 */
class TwinGradientTest {
  private static final FixedFormat WIDE = FixedFormat.parse("ap_fixed<20,6,AP_RND_CONV,AP_SAT>");
  private static final TrainableFormat FORMAT = TrainableFormat.pinned(WIDE);
  private static final SumFormats SUMS = SumFormats.of(FORMAT, FORMAT, FORMAT);
  private static final float TOLERANCE = 5e-3f;

  private final RandomGenerator random = new SplittableRandom(2);

  private Tensor numbers(int... shape) {
    float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Random normal = new Random(3);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) normal.nextGaussian();
    }
    return Tensor.parameter(numbers, shape);
  }

  private static void assertTwins(TapeLayer floats, TapeLayer fixed, Tensor x) {
    Run expected = new Run(floats, x, false);
    Run actual = new Run(fixed, x, true);
    assertClose("output", actual.output, expected.output);
    assertClose("gradient of x", actual.input, expected.input);
    floats.parameters().forEach((name, p) -> assertClose(
        "gradient of " + name, fixed.parameters().get(name).grad(), p.grad()));
  }

  /** A step forward and back, from the sum of the squares of the output. */
  private static final class Run {
    final float[] output;
    final float[] input;

    Run(TapeLayer layer, Tensor numbers, boolean cast) {
      Tape tape = Tape.training(Workers.SINGLE);
      Tensor x = Tensor.parameter(numbers.data(), numbers.shape());
      Tensor words = cast ? new FixedCast(FORMAT).forward(tape, x) : x;
      Tensor y = layer.forward(tape, words);
      tape.backward(tape.mean(tape.multiply(y, y)));
      output = y.data();
      input = x.grad();
    }
  }

  private static void assertClose(String what, float[] actual, float[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as(what + " " + i).isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  @Test
  void linear() {
    Linear floats = new Linear(6, 4, random);
    assertTwins(floats, new FixedLinear(floats, SUMS), numbers(5, 6));
  }

  @Test
  void leakyReluOfAnySlope() {
    for (float slope : new float[] {0.3f, -0.7f, 0}) {
      assertTwins(new LeakyReLU(slope), new FixedLeakyReLU(Fixed.of(slope), FORMAT), numbers(5, 6));
    }
  }

  /** The gradient of the mean of squares is that of central differences. */
  @Test
  void lookUp() {
    Tensor x = numbers(5, 6);
    FixedFormat narrow = FixedFormat.parse("ap_fixed<16,4,AP_RND_CONV,AP_SAT>");
    TapeLayer layer = new Sequential(new FixedCast(TrainableFormat.pinned(narrow)), new FixedLookUp(
        StrictMath::tanh, v -> 1 - StrictMath.pow(StrictMath.tanh(v), 2), FORMAT));
    Run actual = new Run(layer, x, false);
    float[] expected = new float[x.size()];
    for (int i = 0; i < expected.length; i++) {
      double above = StrictMath.tanh(x.data()[i] + 1e-4);
      double below = StrictMath.tanh(x.data()[i] - 1e-4);
      expected[i] = (float) ((above * above - below * below) / 2e-4 / expected.length);
    }
    assertClose("gradient of x", actual.input, expected);
  }

  /** tanh of 2 and of -2 lies beyond 1 / 2, where the cast saturates. */
  @Test
  void aLookUpThatSaturatesPassesNoGradient() {
    FixedFormat half = FixedFormat.parse("ap_fixed<8,0,AP_RND,AP_SAT>");
    FixedLookUp layer = new FixedLookUp(
        StrictMath::tanh, v -> 3, TrainableFormat.pinned(half));
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor x = Tensor.parameter(new float[] {-2, -0.25f, 0, 0.25f, 2}, 5);
    Tensor words = new FixedCast(TrainableFormat.pinned(FixedFormat.signed(8, 4)))
        .forward(tape, x);
    tape.backward(tape.sum(layer.forward(tape, words)));
    assertThat(x.grad()).containsExactly(0, 3, 3, 3, 0);
  }

  @Test
  void convolutions() {
    Window window = Window.of(3, 3).withPadding(1, 1).withStride(2, 2);
    FloatConv2d conv = new FloatConv2d(4, 6, window, 2, Bias.LEARNED, random);
    assertTwins(conv, new FixedConv2d(conv, SUMS), numbers(2, 5, 5, 4));
    DepthwiseConv2d depthwise = new DepthwiseConv2d(4, window, Bias.NONE, random);
    assertTwins(depthwise, new FixedDepthwiseConv2d(depthwise, SUMS), numbers(2, 5, 5, 4));
  }

  @Test
  void binaryConvolution() {
    Window window = Window.of(3, 3).withPadding(1, 1).withStride(2, 2);
    FloatBinaryConv2d conv = new FloatBinaryConv2d(4, 6, window, 2, random);
    assertTwins(conv, new FixedBinaryConv2d(conv), numbers(2, 5, 5, 4));
  }

  /** All kinds of layers together, the gradients of all their parameters included. */
  @Test
  void aWholeNetwork() {
    Window same = Window.of(3, 3).withPadding(1, 1);
    Sequential floats = new Sequential(
        new FloatConv2d(2, 4, same, Bias.NONE, random), new BatchNorm2d(4), new ReLU(),
        new Residual(new Sequential(
            new DepthwiseConv2d(4, same, Bias.LEARNED, random), new LeakyReLU(0.5f))),
        new ReLU(), new MaxPool2d(2), new AvgPool2d(2), new Flatten(),
        new Linear(4, 6, random), new ReLU(), new Linear(6, 3, random));
    assertTwins(floats, Qfx.convert(floats, QfxOptions.of(FORMAT)), numbers(5, 4, 4, 2));
  }

  /** The nearest powers of two; gradients pass as if numbers stayed what they are. */
  @Test
  void kHotPassesGradients() {
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor x = Tensor.parameter(new float[] {9, 5, 7, -7}, 4);
    Tensor words = new FixedCast(TrainableFormat.pinned(FixedFormat.signed(8, 8)))
        .forward(tape, x);
    Tensor kHot = KHotOp.apply(tape, KHot.of(1, KHotRule.NEAREST), words);
    Tensor upstream = Tensor.of(new float[] {1, 2, 3, 4}, 4);
    tape.backward(tape.sum(tape.multiply(kHot, upstream)));
    assertThat(kHot.data()).containsExactly(8, 4, 8, -8);
    assertThat(x.grad()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void batchNorm() {
    BatchNorm2d norm = new BatchNorm2d(3);
    FixedBatchNorm2d fixed = new FixedBatchNorm2d(norm, FORMAT, FORMAT, FORMAT, null);
    assertTwins(norm, fixed, numbers(4, 3, 3, 3));
    Map<String, float[]> learned = norm.statistics();
    learned.forEach((name, s) -> assertClose(name, fixed.statistics().get(name), s));
  }
}
