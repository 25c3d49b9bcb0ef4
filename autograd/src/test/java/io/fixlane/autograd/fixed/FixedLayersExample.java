package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.format.FixedFormat;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link FixedLinear} and {@link FixedLookUp}. */
class FixedLayersExample {
  @Test
  void linear() {
    // @start region="linear"
    FixedFormat eight = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    TrainableFormat learned = TrainableFormat.learned(eight, new StartRule.Maximum());
    Sequential network = new Sequential(
        new FixedCast(TrainableFormat.pinned(eight)),
        new FixedLinear(
            new Linear(3, 2, new SplittableRandom(1)), SumFormats.of(learned, learned, learned)),
        new FixedReLU(learned));

    Tensor x = Tensor.of(new float[] {0.5f, -1, 2}, 1, 3);
    Tensor y = network.forward(Tape.evaluating(Workers.SINGLE), x);

    assertThat(y.format()).hasToString("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    assertThat(network.parameters().keySet()).containsExactly(
        "1.weight", "1.bias", "1.weightCast.integerBits", "1.biasCast.integerBits",
        "1.outputCast.integerBits", "2.outputCast.integerBits");
    // @end
  }

  @Test
  void lookUp() {
    // @start region="lookUp"
    FixedFormat eight = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    DoubleUnaryOperator sigmoid = v -> 1 / (1 + StrictMath.exp(-v));
    Sequential network = new Sequential(
        new FixedCast(TrainableFormat.pinned(eight)),
        new FixedLookUp(sigmoid, v -> sigmoid.applyAsDouble(v) * (1 - sigmoid.applyAsDouble(v)),
            TrainableFormat.pinned(FixedFormat.parse("ap_ufixed<6,0,AP_RND,AP_SAT>"))));

    Tensor x = Tensor.parameter(new float[] {0, 1, 3}, 1, 3);
    Tape tape = Tape.training(Workers.SINGLE);
    Tensor y = network.forward(tape, x);
    tape.backward(tape.sum(y));

    // 1 / (1 + e^-1) is 0.731, and the nearest of 64 steps 47 / 64.
    assertThat(y.data()).containsExactly(0.5f, 47 / 64f, 61 / 64f);
    assertThat(x.grad()[0]).isEqualTo(0.25f);
    // @end
  }
}
