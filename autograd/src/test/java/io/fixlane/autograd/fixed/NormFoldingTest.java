package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.RunningStatistics;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatBinaryConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.shape.Window;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A network without batch normalisations evaluates as the one with them. */
class NormFoldingTest {
  private static final Window SAME = Window.of(3, 3).withPadding(1, 1);

  /** Every layer that takes a norm in, and norms at each place where none can be taken in. */
  private static Sequential network(RandomGenerator random) {
    Window half = Window.of(1, 1).withStride(2, 2);
    TapeLayer body = new Sequential(
        new FloatConv2d(8, 8, SAME.withStride(2, 2), 2, Bias.LEARNED, random),
        new BatchNorm2d(8), new ReLU(),
        new DepthwiseConv2d(8, SAME, Bias.NONE, random), new BatchNorm2d(8));
    TapeLayer shortcut =
        new Sequential(new FloatConv2d(8, 8, half, Bias.NONE, random), new BatchNorm2d(8));
    return new Sequential(
        new BatchNorm2d(1),
        new FloatConv2d(1, 8, SAME, Bias.NONE, random), new BatchNorm2d(8), new ReLU(),
        new Residual(body, shortcut), new BatchNorm2d(8),
        new FloatBinaryConv2d(8, 8, SAME, random), new BatchNorm2d(8),
        new MaxPool2d(2), new Flatten(),
        new Linear(32, 6, Bias.NONE, random), new BatchNorm2d(6),
        new Unknown(), new Linear(6, 3, random));
  }

  /** A layer that folding does not know. */
  private static final class Unknown extends TapeLayer {
    @Override
    public Tensor forward(Tape tape, Tensor x) {
      return tape.relu(x);
    }
  }

  private static void scramble(TapeLayer layer, RandomGenerator random) {
    if (layer instanceof BatchNorm2d norm) {
      RunningStatistics statistics = norm.runningStatistics();
      for (int c = 0; c < norm.gamma().size(); c++) {
        norm.gamma().data()[c] = (float) random.nextGaussian();
        norm.beta().data()[c] = (float) random.nextGaussian();
        statistics.mean()[c] = (float) random.nextGaussian();
        statistics.variance()[c] = (float) random.nextDouble(0.01, 4);
      }
    }
    layer.parameters().forEach((name, parameter) -> {
      if (name.equals("bias")) {
        parameter.data()[0] = (float) random.nextGaussian();
      }
    });
    layer.layers().values().forEach(within -> scramble(within, random));
  }

  private static long norms(TapeLayer layer) {
    return (layer instanceof BatchNorm2d ? 1 : 0)
        + layer.layers().values().stream().mapToLong(NormFoldingTest::norms).sum();
  }

  @Property(tries = 50)
  void evaluatesAlike(@ForAll long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Sequential network = network(random);
    scramble(network, random);
    Sequential folded = Qfx.fold(network);
    float[] pixels = new float[5 * 8 * 8];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    // The part before the signs: these turn a difference of rounding into one of 2.
    Tensor images = Tensor.of(pixels, 5, 8, 8, 1);
    assertClose(first(folded, 4).forward(evaluating(), images),
        first(network, 5).forward(evaluating(), images));
    float[] rows = new float[5 * 32];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    Tensor inputs = Tensor.of(rows, 5, 32);
    assertClose(last(folded, 3).forward(evaluating(), inputs),
        last(network, 4).forward(evaluating(), inputs));
  }

  private static Tape evaluating() {
    return Tape.evaluating(Workers.SINGLE);
  }

  private static Sequential first(Sequential network, int count) {
    return new Sequential(
        network.layers().values().stream().limit(count).toArray(TapeLayer[]::new));
  }

  private static Sequential last(Sequential network, int count) {
    return new Sequential(network.layers().values().stream()
        .skip(network.layers().size() - count).toArray(TapeLayer[]::new));
  }

  /** Floats of one sum, added up in another way. */
  private static void assertClose(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double largest = 0;
    for (float number : expected.data()) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < actual.size(); i++) {
      assertThat((double) actual.data()[i])
          .isBetween(expected.data()[i] - 1e-4 * largest, expected.data()[i] + 1e-4 * largest);
    }
  }

  /** At the beginning, after a shortcut and after signs. */
  @Example
  void normsAfterAnythingElseStay() {
    Sequential network = network(new SplittableRandom(1));
    Sequential folded = Qfx.fold(network);
    assertThat(norms(network)).isEqualTo(8);
    assertThat(norms(folded)).isEqualTo(3);
    assertThat(folded.layers().keySet())
        .containsExactly("0", "1", "3", "4", "5", "6", "7", "8", "9", "10", "12", "13");
    assertThat(folded.layers().get("12")).isSameAs(network.layers().get("12"));
  }

  @Example
  void aNormOfOtherChannelsStays() {
    Sequential network =
        new Sequential(new Linear(4, 6, new SplittableRandom(1)), new BatchNorm2d(3));
    assertThat(norms(Qfx.fold(network))).isEqualTo(1);
  }

  /** Trained as any other, and word for word when deployed. */
  @Example
  void deploys() {
    DataSplit digits = Digits.readSplit();
    RandomGenerator random = new SplittableRandom(3);
    Sequential floats = new Sequential(
        new FloatConv2d(1, 8, SAME, Bias.NONE, random), new BatchNorm2d(8), new ReLU(),
        new Residual(new Sequential(
            new FloatConv2d(8, 8, SAME, Bias.NONE, random), new BatchNorm2d(8))),
        new ReLU(), new Flatten(), new Linear(512, 10, random));
    scramble(floats, random);
    Sequential network =
        Qfx.convert(Qfx.fold(floats), QfxOptions.bits(4).withChannelPoints());
    Qfx.calibrate(network, digits.train().batch(0, 1, 2, 3).images(), new StartRule.Maximum());
    WordCheck check = WordCheck.of(
        network, Qfx.deploy(network, 8, 8, 1), digits.test(), Workers.SINGLE);
    assertThat(check.isComplete()).isTrue();
    assertThat(Qfx.casts(network).keySet()).containsExactly("input", "0.weightCast",
        "0.biasCast", "0.outputCast", "3.body.0.weightCast", "3.body.0.biasCast",
        "3.body.0.outputCast", "3.outputCast", "6.weightCast", "6.biasCast", "6.outputCast");
  }
}
