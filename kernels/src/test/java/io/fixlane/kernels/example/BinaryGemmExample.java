package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.BinaryGemm;
import io.fixlane.kernels.BitMatrix;
import io.fixlane.kernels.Signs;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link BinaryGemm}, {@link BitMatrix}, {@link Signs}. */
class BinaryGemmExample {
  @Test
  void gemm() {
    // @start region="gemm"
    // Three inputs, two outputs; a column for each output.
    FixedFormat bit = FixedFormat.unsigned(1, 1);
    FixedTensor bits = FixedTensor.of(bit, new byte[] {1, 0, 1, 1, 0, 0}, 3, 2);
    BitMatrix weights = BitMatrix.of(BitPackedTensor.pack(bits));
    BitMatrix a = BitMatrix.signs(FixedTensor.quantize(
        FixedFormat.signed(8, 4), new float[] {0.5f, -1f, -2f, -0.25f, 3f, -4f}, 2, 3));

    FixedTensor sums = FixedTensor.allocate(FixedFormat.signed(4, 4), 2, 2);
    BinaryGemm.of(weights, sums.format()).run(a, sums);
    assertThat(sums).hasToString("""
        ap_fixed<4,4> [2, 2]
           1  -1
           1   3""");

    // The next layer takes bits: +1 where a sum is at least 1, and 2.
    BitMatrix next = BitMatrix.allocate(2, 2);
    BinaryGemm.of(weights, 1, 2).run(a, next);
    assertThat(next.sign(0, 0)).isEqualTo(1);
    assertThat(next.sign(0, 1)).isEqualTo(-1);
    // @end
    assertThat(next.sign(1, 0)).isEqualTo(1);
    assertThat(next.sign(1, 1)).isEqualTo(1);
  }

  @Test
  void signs() {
    // @start region="signs"
    FixedFormat activation = FixedFormat.signed(8, 4);
    FixedTensor x = FixedTensor.of(activation, new byte[] {1, 0, -1, 127, -128, 3}, 2, 3);
    BitMatrix signs = BitMatrix.allocate(2, 3);
    Signs.of(activation).run(x, signs);
    assertThat(signs.sign(0, 1)).isEqualTo(1);
    assertThat(signs.sign(0, 2)).isEqualTo(-1);
    // @end
    assertThat(signs.contentEquals(BitMatrix.signs(x))).isTrue();
  }
}
