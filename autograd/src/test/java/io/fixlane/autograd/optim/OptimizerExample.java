package io.fixlane.autograd.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Optimizer}. */
class OptimizerExample {
  @Test
  void groups() {
    // @start region="groups"
    Tensor weight = Tensor.parameter(new float[] {1, 2}, 2);
    Tensor width = Tensor.parameter(new float[] {3.9f});
    Optimizer optimizer = new Sgd(
        0.9f,
        ParameterGroup.of(Map.of("weight", weight), 0.1f).withWeightDecay(0.5f),
        ParameterGroup.of(Map.of("width", width), 1).withRange(0, 4));

    Tape tape = Tape.training(Workers.SINGLE);
    tape.backward(tape.subtract(tape.sum(weight), width));
    optimizer.step(1);
    tape.reset();

    // 1 - 0.1 (1 + 0.5), 2 - 0.1 (1 + 1), and 4 is the largest that a width may be.
    assertThat(weight.data()).containsExactly(0.85f, 1.8f);
    assertThat(width.item()).isEqualTo(4);
    // @end
  }
}
