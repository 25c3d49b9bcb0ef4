package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.BinaryConv2d;
import io.fixlane.kernels.Signs;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link BinaryConv2d}. */
class BinaryConv2dExample {
  @Test
  void conv() {
    // @start region="conv"
    // A row of three pixels; a kernel of two taps, +1 and -1, that reaches over both ends.
    FixedFormat x = FixedFormat.signed(8, 4);
    FixedTensor pixels = FixedTensor.quantize(x, new float[] {0.5f, -1f, -2f}, 1, 3, 1);
    FixedTensor weights = FixedTensor.of(Signs.WORD, new byte[] {0, -1}, 1, 1, 1, 2);
    ImageShape image = ImageShape.of(1, 3, 1);
    Window window = Window.of(1, 2).withPadding(0, 1);

    FixedTensor sums = FixedTensor.allocate(FixedFormat.signed(3, 3), 1, 4, 1);
    BinaryConv2d.of(x, weights, image, window, 1, sums.format()).run(pixels, sums);
    // Of the signs 1, -1, -1: -1 alone; 1 + 1; -1 + 1; -1 alone.
    assertThat(sums.reshape(4)).hasToString("""
        ap_fixed<3,3> [4]
          -1   2   0  -1""");

    // +1 where a sum is at least 0: the sign bit of a word that is kept of it.
    FixedTensor signs = FixedTensor.allocate(Signs.WORD, 1, 4, 1);
    BinaryConv2d.of(x, weights, image, window, 1, new int[] {0}).run(pixels, signs);
    assertThat(signs.reshape(4)).hasToString("""
        ap_fixed<1,1> [4]
          -1   0   0  -1""");
    // @end
  }
}
