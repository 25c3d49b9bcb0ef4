package io.fixlane.autograd.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.shape.Window;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link TapeLayer}. */
class LayersExample {
  @Test
  void network() {
    // @start region="network"
    RandomGenerator random = new SplittableRandom(1);
    Window same = Window.of(3, 3).withPadding(1, 1);
    TapeLayer network = new Sequential(
        new FloatConv2d(1, 8, same, Bias.NONE, random),
        new BatchNorm2d(8),
        new ReLU(),
        new Residual(new Sequential(new FloatConv2d(8, 8, same, random), new ReLU())),
        new GlobalAveragePool(),
        new Linear(8, 10, random));

    Tensor images = Tensor.of(new float[2 * 28 * 28], 2, 28, 28, 1);
    Tensor logits = network.forward(Tape.evaluating(Workers.SINGLE), images);

    assertThat(logits.shape()).containsExactly(2, 10);
    assertThat(network.parameters().keySet()).containsExactly(
        "0.weight", "1.gamma", "1.beta", "3.body.0.weight", "3.body.0.bias", "5.weight", "5.bias");
    // @end
  }
}
