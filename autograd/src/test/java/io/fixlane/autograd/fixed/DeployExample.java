package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Qfx#deploy}. */
class DeployExample {
  @Test
  void deploy() {
    // @start region="deploy"
    RandomGenerator random = new SplittableRandom(1);
    Sequential network = Qfx.convert(
        new Sequential(new Linear(3, 4, random), new ReLU(), new Linear(4, 2, random)),
        QfxOptions.bits(8));
    float[] numbers = {0.5f, -1, 2, 1.25f, 0.1f, -0.7f};
    Tensor y = network.forward(
        Tape.evaluating(Workers.SINGLE), Tensor.of(numbers, 2, 3));

    Network deployed = Qfx.deploy(network, 3);
    FixedTensor words =
        deployed.run(FixedTensor.quantize(deployed.inputFormat(), numbers, 2, 3));

    assertThat(words.format()).isEqualTo(y.format());
    assertThat(words.dequantize(new float[4])).containsExactly(y.data());
    // @end
  }
}
