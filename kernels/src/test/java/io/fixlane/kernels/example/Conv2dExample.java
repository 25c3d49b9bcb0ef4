package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.ConvShape;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Conv2d} and {@link ConvShape}. */
class Conv2dExample {
  @Test
  void conv() {
    // @start region="conv"
    FixedFormat pixel = FixedFormat.unsigned(8, 8);
    FixedFormat weight = FixedFormat.signed(3, 3);
    FixedFormat result = FixedFormat.parse("ap_fixed<8,8,AP_RND,AP_SAT>");

    // One output of one channel: the right neighbour less the left one.
    FixedTensor weights = FixedTensor.of(weight, new byte[] {-1, 0, 1}, 1, 1, 1, 3);
    ConvShape shape = ConvShape.of(1, 2, 4, 1, 1, 3).withPadding(0, 1);
    Conv2d edges = Conv2d.of(pixel, weights, shape, OutputStage.to(result));

    FixedTensor image = FixedTensor.of(pixel, new byte[] {1, 2, 4, 8, 9, 9, 9, 9}, 2, 4);
    FixedTensor target = FixedTensor.allocate(result, 2, 4);
    edges.run(image, target);
    assertThat(target).hasToString("""
        ap_fixed<8,8,AP_RND,AP_SAT> [2, 4]
           2   3   6  -4
           9   0   0  -9""");
    // @end
  }

  @Test
  void shape() {
    // @start region="shape"
    // 64 channels of 56 x 56 pixels, and 128 outputs of a 3 x 3 kernel, a depthwise one after it.
    ConvShape dense = ConvShape.of(64, 56, 56, 128, 3, 3).withPadding(1, 1).withStride(2, 2);
    ConvShape depthwise = ConvShape.of(128, 28, 28, 128, 3, 3).withPadding(1, 1).withGroups(128);
    assertThat(dense.outputHeight()).isEqualTo(28);
    assertThat(depthwise.outputWidth()).isEqualTo(28);
    // @end
  }
}
