package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotCost;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link KHot}. */
class KHotExample {
  @Test
  void khot() {
    // @start region="khot"
    FixedFormat activation = FixedFormat.unsigned(8, 2);
    FixedFormat weight = FixedFormat.signed(8, 1);
    FixedFormat result = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");
    FixedTensor weights = FixedTensor.of(weight, new byte[] {109, -60, 0}, 3);

    // 109 = 128 - 16 - 4 + 1 and -60 = -64 + 4, of which two digits each are kept.
    KHot khot = KHot.of(2, KHotRule.SIGNED_DIGITS);
    assertThat(khot.terms(weights, 0)).hasToString("[+2^7, -2^4]");
    assertThat(khot.terms(weights, 1)).hasToString("[-2^6, +2^2]");
    assertThat(khot.encode(weights)).hasToString("""
        ap_fixed<8,1> [3]
             0.875  -0.46875         0""");

    // What hardware pays: two adders, where three multipliers of 8 x 9 bits would stand.
    KHotCost cost = khot.cost(activation, weights);
    assertThat(cost.adders()).isEqualTo(2);
    assertThat(cost.dspSlices()).isEqualTo(2);

    // Two pixels of three channels, multiplied channel by channel as the hardware does it.
    FixedTensor x = FixedTensor.of(activation, new byte[] {64, 64, 64, 127, 32, 5}, 2, 3);
    FixedTensor y = FixedTensor.allocate(result, 2, 3);
    khot.multiply(activation, weights, result, KHotKernel.SHIFT_ADD).run(x, y);
    assertThat(y).hasToString("""
        ap_fixed<8,3,AP_RND,AP_SAT> [2, 3]
             0.875  -0.46875         0
              1.75  -0.21875         0""");
    // @end
  }
}
