package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Tensor} and {@link Tape}. */
class AutogradExample {
  @Test
  void gradient() {
    // @start region="gradient"
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Tensor w = Tensor.parameter(new float[] {0.5f, -1}, 2, 1);

    Tape tape = Tape.training(Workers.SINGLE);
    Tensor y = tape.relu(tape.negate(tape.matmul(x, w)));
    tape.backward(tape.sum(y));

    // -x w is 1.5 and 2.5, both positive: the gradient is minus the sum of the rows of x.
    assertThat(y.data()).containsExactly(1.5f, 2.5f);
    assertThat(w.grad()).containsExactly(-4, -6);
    tape.reset();
    // @end
  }
}
