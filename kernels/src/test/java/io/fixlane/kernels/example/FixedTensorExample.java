package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link FixedTensor} and {@link BitPackedTensor}. */
class FixedTensorExample {
  @Test
  void view() {
    // @start region="example"
    FixedFormat weight = FixedFormat.parse("ap_fixed<8,3>");
    byte[] words = {16, -40, 64, 127, -128, 0};
    FixedTensor tensor = FixedTensor.of(weight, words, 2, 3);
    assertThat(tensor).hasToString("""
        ap_fixed<8,3> [2, 3]
              0.5    -1.25        2
          3.96875       -4        0""");

    // A raw word, and the value it stands for: 127 / 2^5.
    assertThat(tensor.raw(3)).isEqualTo(127);
    assertThat(tensor.get(1, 0).toBigDecimal()).isEqualTo(new BigDecimal("3.96875"));

    // A row is a view: it writes to the same array.
    tensor.row(1).setRaw(2, -1);
    assertThat(words[5]).isEqualTo((byte) -1);

    // Numbers become words by one cast each, and words numbers.
    FixedTensor pixels = FixedTensor.quantize(weight, new float[] {0.5f, -1.26f}, 2);
    assertThat(pixels.raw(1)).isEqualTo(-41);
    assertThat(pixels.dequantize(new float[2])).containsExactly(0.5f, -1.28125f);
    // @end
  }

  @Test
  void packed() {
    // @start region="packed"
    FixedFormat weight = FixedFormat.parse("ap_fixed<3,1>");
    FixedTensor words = FixedTensor.of(weight, new byte[] {-4, -3, -2, -1, 0, 1, 2, 3}, 8);
    BitPackedTensor packed = BitPackedTensor.pack(words);
    assertThat(packed.segment().byteSize()).isEqualTo(3);
    assertThat(packed.unpack().contentEquals(words)).isTrue();
    // @end
  }
}
