package io.fixlane.autograd.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.autograd.ShapeException;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What layers compute, how they start, and what they are called. */
class LayersTest {
  private final SplittableRandom random = new SplittableRandom(5);
  private final Tape tape = Tape.evaluating(Workers.SINGLE);
  private final Tensor images = Tensor.of(new float[] {1, -2, 3, -4, 5, -6, 7, -8}, 1, 2, 2, 2);

  @Nested
  class Examples extends LayersExample {}

  @Test
  void linearAddsItsBias() {
    Linear linear = new Linear(2, 1, random);
    linear.weight().data()[0] = 3;
    linear.weight().data()[1] = 5;
    linear.bias().data()[0] = 7;
    Tensor x = Tensor.of(new float[] {1, 1, 2, -1}, 2, 2);
    assertThat(linear.forward(tape, x).data()).containsExactly(15, 8);
    Linear without = new Linear(2, 1, Bias.NONE, random);
    assertThat(without.bias()).isNull();
    assertThat(without.parameters()).containsOnlyKeys("weight");
  }

  @Test
  void activationsPoolingAndFlatten() {
    assertThat(new ReLU().forward(tape, images).data()).containsExactly(1, 0, 3, 0, 5, 0, 7, 0);
    assertThat(new LeakyReLU(0.5f).forward(tape, images).data())
        .containsExactly(1, -1, 3, -2, 5, -3, 7, -4);
    assertThat(new MaxPool2d(2).forward(tape, images).data()).containsExactly(7, -2);
    assertThat(new AvgPool2d(2).forward(tape, images).data()).containsExactly(4, -5);
    assertThat(new GlobalAveragePool().forward(tape, images).data()).containsExactly(4, -5);
    assertThat(new Flatten().forward(tape, images).shape()).containsExactly(1, 8);
  }

  @Test
  void convolutions() {
    FloatConv2d conv = new FloatConv2d(2, 4, Window.of(2, 2), 2, Bias.LEARNED, random);
    assertThat(conv.weight().shape()).containsExactly(2, 2, 1, 4);
    assertThat(conv.groups()).isEqualTo(2);
    Arrays.fill(conv.weight().data(), 1);
    conv.bias().data()[3] = 0.5f;
    assertThat(conv.forward(tape, images).data()).containsExactly(16, 16, -20, -19.5f);
    DepthwiseConv2d depthwise = new DepthwiseConv2d(2, Window.of(2, 2), Bias.LEARNED, random);
    Arrays.fill(depthwise.weight().data(), 1);
    depthwise.bias().data()[0] = 1;
    assertThat(depthwise.forward(tape, images).data()).containsExactly(17, -20);
    assertThatThrownBy(() -> new FloatConv2d(3, 4, Window.of(2, 2), 2, Bias.NONE, random))
        .hasMessage("groups is 2: it must divide the inputs, 3, and the outputs, 4");
    assertThatThrownBy(() -> new Linear(0, 1, random))
        .hasMessage("inputs is 0: it must be at least 1");
  }

  /** Signs of weights and activations; the taps outside the image are skipped. */
  @Test
  void binaryConvolution() {
    FloatBinaryConv2d conv = new FloatBinaryConv2d(2, 1, Window.of(3, 3).withPadding(1, 1), random);
    float[] weight = conv.weight().data();
    Arrays.fill(weight, 0.3f);
    Tensor ones = Tensor.of(new float[] {0.1f, 0, 3, 4, 5, 6, 7, -0f}, 1, 2, 2, 2);
    assertThat(conv.forward(tape, ones).data()).containsExactly(8, 8, 8, 8);
    assertThat(conv.forward(tape, images).data()).containsExactly(0, 0, 0, 0);
    // The tap in the middle of the kernel, of the second channel.
    weight[9] = -2;
    assertThat(conv.forward(tape, ones).data()).containsExactly(6, 6, 6, 6);
    assertThat(conv.forward(tape, images).data()).containsExactly(2, 2, 2, 2);
  }

  @Test
  void batchNormHasStatisticsThatAreNotParameters() {
    BatchNorm2d norm = new BatchNorm2d(2);
    assertThat(norm.parameters()).containsOnlyKeys("gamma", "beta");
    assertThat(norm.statistics()).containsOnlyKeys("mean", "variance", "restarted", "frozen");
    assertThat(norm.statistics().get("mean")).isSameAs(norm.runningStatistics().mean());
  }

  @Test
  void aResidualBlockAddsItsShortcut() {
    assertThat(new Residual(new ReLU()).forward(tape, images).data())
        .containsExactly(2, -2, 6, -4, 10, -6, 14, -8);
    assertThat(new Residual(new ReLU(), new LeakyReLU(0.5f)).forward(tape, images).data())
        .containsExactly(2, -1, 6, -2, 10, -3, 14, -4);
  }

  /** He's bound, used to both ends; and the same seed gives the same bits, on every machine. */
  @Test
  void startValues() {
    float[] weights = new Linear(6, 1000, new SplittableRandom(1)).weight().data();
    float largest = 0;
    double squares = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
      squares += weight * weight;
    }
    assertThat(largest).isBetween(0.99f, 1f);
    assertThat(squares / weights.length).isBetween(0.32, 0.35);
    float[] first = new Linear(2, 2, new SplittableRandom(42)).weight().data();
    assertThat(first).containsExactly(START);
  }

  private static final float[] START = {0.8368053f, -1.178105f, -0.76694816f, -0.5397392f};

  @Test
  void namesOfLayers() {
    LinkedHashMap<String, TapeLayer> named = new LinkedHashMap<>();
    named.put("conv", new FloatConv2d(2, 3, Window.of(1, 1), random));
    named.put("head", new Sequential(new Flatten(), new Linear(11, 10, random)));
    TapeLayer network = new Sequential(named);
    assertThat(network.parameters())
        .containsOnlyKeys("conv.weight", "conv.bias", "head.1.weight", "head.1.bias");
    assertThatThrownBy(() -> network.forward(tape, images)).isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("layer head.1: MatMul of [1, 12] and [11, 10]");
    LinkedHashMap<String, TapeLayer> dotted = new LinkedHashMap<>();
    dotted.put("a.b", new ReLU());
    assertThatThrownBy(() -> new Sequential(dotted))
        .hasMessage("name is 'a.b': it must have a letter, and no dot");
  }
}
