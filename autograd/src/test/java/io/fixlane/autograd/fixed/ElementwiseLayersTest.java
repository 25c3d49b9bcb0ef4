package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.RandomWindows;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.Pool2d;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalisation, activations, shortcuts and pooling give the words of the kernels. */
class ElementwiseLayersTest {
  private static final int TRIALS = 24;

  private final RandomFormats formats = new RandomFormats(11);

  @Nested
  class Examples extends FixedLayersExample {}

  private static Tape tape(boolean training) {
    return training ? Tape.training(Workers.SINGLE) : Tape.evaluating(Workers.SINGLE);
  }

  /** Runs a plan of the kernels on words. */
  private interface Plan {
    void run(FixedTensor x, FixedTensor target);
  }

  private static void assertWords(Tensor y, Tensor x, FixedFormat result, Plan plan) {
    FixedTensor expected = FixedTensor.allocate(result, y.shape());
    plan.run(FixedWords.of(x), expected);
    assertThat(y.format()).isEqualTo(result);
    assertThat(y.data()).as("%s -> %s", x.format(), result)
        .containsExactly(expected.dequantize(new float[y.size()]));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void batchNormInTrainingAndInEvaluation(boolean training) {
    for (int trial = 0; trial < TRIALS; trial++) {
      // Narrow words are exact in floats, wide ones need the plan.
      int most = trial % 2 == 0 ? 8 : 16;
      FixedFormat result = formats.format(2, 24);
      Activation activation = Activation.values()[formats.random().nextInt(2)];
      KHot kHot = trial % 3 == 0 ? KHot.of(2, KHotRule.SIGNED_DIGITS) : null;
      FixedBatchNorm2d layer = new FixedBatchNorm2d(
          norm(formats.random()), TrainableFormat.pinned(formats.format(2, most)),
          TrainableFormat.pinned(formats.format(2, most)), activation,
          TrainableFormat.pinned(result), kHot);
      Tensor x = formats.words(formats.format(2, most), 2, 3, 3, 5);
      Tape tape = tape(training);
      FixedBatchNorm2d.ScaleAndShift words = layer.scaleAndShift(tape, x);
      Tensor y = layer.forward(tape, x);
      FixedFormat exact = words.exact(x.format());
      assertWords(y, x, result, (from, target) -> {
        FixedTensor sum = FixedTensor.allocate(exact, y.shape());
        Elementwise.scaleAndShift(
            x.format(), FixedWords.of(words.scale()), FixedWords.of(words.shift()), exact)
            .run(from, sum);
        if (activation == Activation.RELU) {
          Elementwise.relu(exact, result).run(sum, target);
        } else {
          Cast.of(exact, result).run(sum, target);
        }
      });
    }
  }

  private static BatchNorm2d norm(Random random) {
    BatchNorm2d norm = new BatchNorm2d(5);
    for (int c = 0; c < 5; c++) {
      norm.gamma().data()[c] = 0.5f + random.nextFloat();
      norm.beta().data()[c] = random.nextFloat() - 0.5f;
      norm.runningStatistics().mean()[c] = random.nextFloat();
      norm.runningStatistics().variance()[c] = 0.2f + random.nextFloat();
    }
    return norm;
  }

  @Test
  void activations() {
    Tape tape = tape(false);
    for (int trial = 0; trial < TRIALS; trial++) {
      FixedFormat result = formats.format(2, 24);
      Tensor x = formats.words(formats.format(2, trial % 2 == 0 ? 10 : 24), 4, 33);
      int shift = trial % 5;
      TrainableFormat output = TrainableFormat.pinned(result);
      assertWords(new FixedReLU(output).forward(tape, x), x, result,
          (from, target) -> Elementwise.relu(x.format(), result).run(from, target));
      assertWords(new FixedLeakyReLU(shift, output).forward(tape, x), x, result,
          (from, target) -> Elementwise.leakyRelu(x.format(), shift, result).run(from, target));
      // Fine slopes need the plan, coarse ones are exact in floats.
      Fixed slope = FixedWords.of(formats.words(formats.format(1, trial % 3 == 0 ? 24 : 5), 1))
          .value(0);
      assertWords(new FixedLeakyReLU(slope, output).forward(tape, x), x, result,
          (from, target) -> Elementwise.leakyRelu(x.format(), slope, result).run(from, target));
    }
    assertThatThrownBy(
        () -> new FixedLeakyReLU(-1, TrainableFormat.pinned(FixedFormat.signed(8, 3))))
        .hasMessage("slopeShift is -1: it must be in 0..30");
  }

  @Test
  void slopesAreKept() {
    TrainableFormat output = TrainableFormat.pinned(FixedFormat.signed(8, 3));
    assertThat(new FixedLeakyReLU(7, output).slope().toDouble()).isEqualTo(0x1p-7);
    for (double slope : new double[] {0, -0.5, 0.1, 2, 0x1p-31}) {
      Fixed constant = Fixed.of(slope);
      assertThat(new FixedLeakyReLU(constant, output).slope()).isEqualTo(constant);
    }
    Fixed large = Fixed.ofRaw(FixedFormat.unsigned(1, 500), 1);
    assertThatThrownBy(() -> new FixedLeakyReLU(large, output))
        .hasMessage("slope is " + large + ": it must be in the range of floats");
  }

  @Test
  void lookUps() {
    Tape tape = tape(false);
    for (int trial = 0; trial < TRIALS; trial++) {
      FixedFormat result = formats.format(1, 24);
      FixedLookUp layer = new FixedLookUp(
          StrictMath::tanh, v -> 0, TrainableFormat.pinned(result));
      // The plan is kept, and made anew for another format.
      for (int most : new int[] {8, 8, 12}) {
        Tensor x = formats.words(formats.format(1, most), 4, 33);
        assertWords(layer.forward(tape, x), x, result, (from, target) -> Elementwise
            .lookUp(x.format(), StrictMath::tanh, result).run(from, target));
        assertWords(layer.forward(tape, x), x, result, (from, target) -> Elementwise
            .lookUp(x.format(), layer.table(x.format())).run(from, target));
      }
    }
    FixedLookUp layer = new FixedLookUp(
        Math::sqrt, v -> 0, TrainableFormat.pinned(FixedFormat.signed(8, 3)));
    assertThatThrownBy(
        () -> layer.forward(tape, formats.words(FixedFormat.signed(17, 3), 2)))
        .hasMessage("x is ap_fixed<17,3>: a table is made for words of at most 16 bits");
    assertThatThrownBy(
        () -> layer.forward(tape, formats.words(FixedFormat.signed(2, 2), 2)))
        .hasMessage("f is NaN at -2.0, raw word -2 of ap_fixed<2,2>: it has no meaning in"
            + " ap_fixed<8,3>");
    assertThatThrownBy(() -> layer.forward(tape, Tensor.of(new float[2], 2)))
        .hasMessageEndingWith("has no fixed-point format: a FixedCast must come before");
  }

  @Test
  void shortcuts() {
    Tape tape = tape(false);
    for (int trial = 0; trial < TRIALS; trial++) {
      FixedFormat middle = formats.format(2, 24);
      FixedFormat result = formats.format(2, 24);
      Tensor x = formats.words(formats.format(2, trial % 2 == 0 ? 10 : 24), 4, 7);
      FixedReLU body = new FixedReLU(TrainableFormat.pinned(middle));
      FixedTensor words = FixedWords.of(body.forward(tape, x));
      assertWords(
          new FixedAdd(body, null, TrainableFormat.pinned(result)).forward(tape, x), x, result,
          (from, target) -> Elementwise.add(middle, x.format(), result).run(words, from, target));
      assertWords(
          new FixedAdd(body, body, TrainableFormat.pinned(result)).forward(tape, x), x, result,
          (from, target) -> Elementwise.add(middle, middle, result).run(words, words, target));
      FixedAdd rectified =
          new FixedAdd(body, null, Activation.RELU, TrainableFormat.pinned(result));
      FixedFormat exact = middle.plus(x.format());
      assertWords(rectified.forward(tape, x), x, result, (from, target) -> {
        FixedTensor sum = FixedTensor.allocate(exact, x.shape());
        Elementwise.add(middle, x.format(), exact).run(words, from, sum);
        Elementwise.relu(exact, result).run(sum, target);
      });
    }
  }

  @Test
  void pooling() {
    Tape tape = tape(false);
    for (int trial = 0; trial < TRIALS; trial++) {
      FixedFormat result = formats.format(2, 24);
      Tensor x = formats.words(formats.format(2, 16), 2, 6, 7, 3);
      ImageShape image = ImageShape.of(6, 7, 3);
      Window window = RandomWindows.pooling(formats.random(), 6, 7);
      TrainableFormat output = TrainableFormat.pinned(result);
      assertWords(new FixedAvgPool2d(window, output).forward(tape, x), x, result,
          (from, target) -> Pool2d.averageOfPadded(x.format(), image, window, result)
              .run(from, target));
      assertWords(FixedAvgPool2d.global(output).forward(tape, x), x, result,
          (from, target) -> Pool2d.average(x.format(), image, Window.of(6, 7), result)
              .run(from, target));
      assertWords(new MaxPool2d(window).forward(tape, x), x, x.format(),
          (from, target) -> Pool2d.max(x.format(), image, window).run(from, target));
    }
  }
}
