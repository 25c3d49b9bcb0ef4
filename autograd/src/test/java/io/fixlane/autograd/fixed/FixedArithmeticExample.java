package io.fixlane.autograd.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.format.FixedFormat;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link FixedArithmetic}. */
class FixedArithmeticExample {
  @Test
  void multiply() {
    // @start region="multiply"
    FixedFormat format = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
    FixedCast cast = new FixedCast(TrainableFormat.pinned(format));
    FixedCast result = new FixedCast(TrainableFormat.pinned(format));
    Tensor a = Tensor.parameter(new float[] {1.5f, 7}, 2);
    Tensor b = Tensor.parameter(new float[] {0.3f, 2}, 2);

    Tape tape = Tape.training(Workers.SINGLE);
    Tensor y = FixedArithmetic.multiply(
        tape, cast.forward(tape, a), cast.forward(tape, b), result);
    tape.backward(tape.sum(y));

    // 0.3 becomes 0.3125; 1.5 x 0.3125 = 0.46875 lies between two words; 14 is too large.
    assertThat(y.data()).containsExactly(0.5f, 7.9375f);
    assertThat(a.grad()).containsExactly(0.3125f, 0);
    assertThat(b.grad()).containsExactly(1.5f, 0);
    // @end
  }
}
