package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.format.FixedFormat;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link FixedCast}. */
class FixedCastExample {
  @Test
  void cast() {
    // @start region="cast"
    FixedFormat format = FixedFormat.parse("ap_fixed<4,2,AP_RND_CONV,AP_SAT>");
    FixedCast cast = new FixedCast(TrainableFormat.learned(format, new StartRule.Maximum()));
    Tensor x = Tensor.parameter(new float[] {0.6f, -3.3f, 0.1f}, 3);

    Tape tape = Tape.training(Workers.SINGLE);
    Tensor q = cast.forward(tape, x);
    tape.backward(tape.sum(q));

    // -3.3 needs I = 3, and with W = 4 that leaves steps of a half.
    assertThat(q.format()).hasToString("ap_fixed<4,3,AP_RND_CONV,AP_SAT>");
    assertThat(q.data()).containsExactly(0.5f, -3.5f, 0);
    assertThat(x.grad()).containsExactly(1, 1, 1);
    // dI = ln2 ((0.5 - 0.6) + (-3.5 + 3.3) + (0 - 0.1))
    assertThat(cast.parameters().get("integerBits").grad()[0]).isEqualTo(-0.27725893f);
    // @end
  }
}
