package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of binary layers. */
class BinaryExample {
  @Test
  void layers() {
    // @start region="layers"
    // Weights of any format, of which the signs are kept: 3 features, 2 neurons, and a class.
    FixedFormat x = FixedFormat.signed(8, 4);
    FixedTensor hidden = FixedTensor.of(x, new byte[] {1, -1, 1, 1, -1, 1}, 3, 2);
    FixedTensor classes = FixedTensor.of(x, new byte[] {1, -1}, 2, 1);

    Network network = Network.builder(x, 3)
        .binaryDense("hidden", hidden, BinaryResult.signs(1, 3))
        .binaryDense("classes", classes, BinaryResult.sums(x))
        .build();
    // Signs + + -: the sums are 3 and -1, so that the first reaches its threshold alone.
    FixedTensor samples = FixedTensor.quantize(x, new float[] {0.5f, 0, -2}, 1, 3);
    assertThat(network.run(samples)).hasToString("""
        ap_fixed<8,4> [1, 1]
          2""");
    assertThat(network.cost().multiplications()).isZero();
    assertThat(network.cost().signProducts()).isEqualTo(8);
    // @end
  }
}
