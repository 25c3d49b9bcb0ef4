package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Elementwise}. */
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

  @Test
  void lookUp() {
    // @start region="lookUp"
    FixedFormat activation = FixedFormat.signed(8, 4);
    FixedFormat result = FixedFormat.parse("ap_ufixed<8,0,AP_RND,AP_SAT>");
    Elementwise sigmoid =
        Elementwise.lookUp(activation, v -> 1 / (1 + StrictMath.exp(-v)), result);

    FixedTensor x = FixedTensor.quantize(activation, new float[] {-8, -1, 0, 1, 7}, 5);
    FixedTensor y = FixedTensor.allocate(result, 5);
    sigmoid.run(x, y);

    // Steps of 1 / 256; the last one saturates.
    assertThat(y).hasToString("""
        ap_ufixed<8,0,AP_RND,AP_SAT> [5]
                   0  0.26953125         0.5  0.73046875  0.99609375""");
    // @end
  }

  @Test
  void leakyRelu() {
    // @start region="leakyRelu"
    FixedFormat activation = FixedFormat.signed(8, 4);
    FixedFormat result = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
    Fixed slope = Fixed.from(FixedFormat.parse("ap_ufixed<8,0,AP_RND>"), 0.1);
    assertThat(slope.toDouble()).isEqualTo(26 / 256.0);

    FixedTensor x = FixedTensor.quantize(activation, new float[] {-8, -1, 0, 2.5f}, 4);
    FixedTensor y = FixedTensor.allocate(result, 4);
    Elementwise.leakyRelu(activation, slope, result).run(x, y);

    // -8 x 26 / 256 is -0.8125, and -1 x 26 / 256 is nearer to -2 / 16 than to -1 / 16.
    assertThat(y).hasToString("""
        ap_fixed<8,4,AP_RND,AP_SAT> [4]
          -0.8125   -0.125        0      2.5""");
    // @end
  }
}
