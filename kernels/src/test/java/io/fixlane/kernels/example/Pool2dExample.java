package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.kernels.Pool2d;
import io.fixlane.kernels.PoolShape;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Pool2d} and {@link PoolShape}. */
class Pool2dExample {
  @Test
  void pool() {
    // @start region="pool"
    // One image of 2 x 4 pixels, one channel.
    FixedFormat word = FixedFormat.signed(8, 4);
    FixedTensor x = FixedTensor.quantize(
        new float[] {1, 2, -3, 0.5f, 4, -1, 2.5f, -2}, word, 1, 2, 4, 1);
    PoolShape shape = PoolShape.of(1, 2, 4, 2, 2);

    FixedTensor largest = FixedTensor.allocate(word, 1, 1, 2, 1);
    Pool2d.max(word, shape).run(x, largest);
    assertThat(largest.get(0, 0, 1, 0).toDouble()).isEqualTo(2.5);

    // (1 + 2 + 4 - 1) / 4 is 1.5, and (-3 + 0.5 + 2.5 - 2) / 4 is -0.5.
    FixedFormat result = FixedFormat.parse("ap_fixed<8,4,AP_RND_CONV,AP_SAT>");
    FixedTensor average = FixedTensor.allocate(result, 1, 1, 2, 1);
    Pool2d.average(word, shape, result).run(x, average);
    assertThat(average.get(0, 0, 0, 0).toDouble()).isEqualTo(1.5);
    assertThat(average.get(0, 0, 1, 0).toDouble()).isEqualTo(-0.5);
    // @end
  }

  @Test
  void shape() {
    // @start region="shape"
    // The first pooling of a ResNet: 112 x 112 pixels of 64 channels into 56 x 56.
    PoolShape shape = PoolShape.of(64, 112, 112, 3, 3).withStride(2, 2).withPadding(1, 1);
    assertThat(shape.outputHeight()).isEqualTo(56);

    // Its last one: an average for each channel.
    PoolShape last = PoolShape.global(512, 7, 7).withLayout(Layout.NCHW);
    assertThat(last.outputHeight()).isEqualTo(1);
    // @end
  }
}
