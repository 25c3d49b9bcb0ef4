package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Pool2d}. */
class Pool2dExample {
  @Test
  void pool() {
    // @start region="pool"
    // One image of 2 x 4 pixels, one channel.
    FixedFormat word = FixedFormat.signed(8, 4);
    FixedTensor x = FixedTensor.quantize(
        word, new float[] {1, 2, -3, 0.5f, 4, -1, 2.5f, -2}, 1, 2, 4, 1);
    ImageShape image = ImageShape.of(2, 4, 1);
    Window window = Window.of(2, 2).withStride(2, 2);

    FixedTensor largest = FixedTensor.allocate(word, 1, 1, 2, 1);
    Pool2d.max(word, image, window).run(x, largest);
    assertThat(largest.get(0, 0, 1, 0).toDouble()).isEqualTo(2.5);

    // (1 + 2 + 4 - 1) / 4 is 1.5, and (-3 + 0.5 + 2.5 - 2) / 4 is -0.5.
    FixedFormat result = FixedFormat.parse("ap_fixed<8,4,AP_RND_CONV,AP_SAT>");
    FixedTensor average = FixedTensor.allocate(result, 1, 1, 2, 1);
    Pool2d.average(word, image, window, result).run(x, average);
    assertThat(average.get(0, 0, 0, 0).toDouble()).isEqualTo(1.5);
    assertThat(average.get(0, 0, 1, 0).toDouble()).isEqualTo(-0.5);
    // @end
  }
}
