package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Elementwise}. */
class ElementwiseExample {
  @Test
  void multiply() {
    // @start region="multiply"
    FixedFormat activation = FixedFormat.unsigned(8, 2);
    FixedFormat gain = FixedFormat.signed(8, 3);
    FixedFormat result = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");
    Elementwise multiply = Elementwise.multiply(activation, gain, result);

    // Two pixels of three channels, and a gain for each channel: 1, -0.5 and 3.
    FixedTensor x = FixedTensor.of(activation, new byte[] {64, 32, 96, 65, 3, 16}, 2, 3);
    FixedTensor gains = FixedTensor.of(gain, new byte[] {32, -16, 96}, 3);
    FixedTensor y = FixedTensor.allocate(result, 2, 3);
    multiply.run(x, gains, y);

    // 65 / 2^6 x 32 / 2^5 is 2080 / 2^11, exactly; only the cast rounds, to 33 / 2^5. And 4.5
    // saturates.
    assertThat(y).hasToString("""
        ap_fixed<8,3,AP_RND,AP_SAT> [2, 3]
                 1     -0.25   3.96875
           1.03125  -0.03125      0.75""");
    // @end
  }
}
