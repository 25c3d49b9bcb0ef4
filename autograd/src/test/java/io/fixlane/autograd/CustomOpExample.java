package io.fixlane.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Op}: an operation of one's own. */
class CustomOpExample {
  // @start region="op"
  /** Rounds x to multiples of a step that is learned; the gradient by x passes straight through. */
  record RoundToStep() implements Op {
    @Override
    public int[] shape(Tensor... inputs) {
      require(inputs.length == 2 && inputs[1].size() == 1, inputs, "it takes x and one step");
      return inputs[0].shape();
    }

    @Override
    public float[] forward(Tape tape, Tensor... inputs) {
      float step = inputs[1].item();
      float[] x = inputs[0].data();
      float[] y = tape.floats(x.length);
      for (int i = 0; i < x.length; i++) {
        y[i] = step * (float) Math.rint(x[i] / step);
      }
      return y;
    }

    @Override
    public float[][] backward(Tape tape, Tensor[] inputs, Tensor output) {
      float[] g = Op.gradient(output);
      double step = 0;
      for (int i = 0; i < g.length; i++) {
        step += (double) g[i] * (output.data()[i] - inputs[0].data()[i]) / inputs[1].item();
      }
      return new float[][] {g, {(float) step}};
    }
  }
  // @end

  @Test
  void gradients() {
    Tensor x = Tensor.parameter(new float[] {0.3f, 1.1f}, 2);
    Tensor step = Tensor.parameter(new float[] {0.5f});
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor y = tape.apply(new RoundToStep(), x, step);
    tape.backward(tape.sum(tape.multiply(y, Tensor.of(new float[] {1, 10}, 2))));
    assertThat(y.data()).containsExactly(0.5f, 1);
    assertThat(x.grad()).containsExactly(1, 10);
    // (0.5 - 0.3) / 0.5 + 10 (1 - 1.1) / 0.5
    assertThat(step.grad()[0]).isBetween(-1.60001f, -1.59999f);
  }
}
