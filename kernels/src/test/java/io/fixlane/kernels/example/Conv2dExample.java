package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.Pool2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Conv2d} and of plans. */
class Conv2dExample {
  @Test
  void conv() {
    // @start region="conv"
    FixedFormat pixel = FixedFormat.unsigned(8, 8);
    FixedFormat weight = FixedFormat.signed(3, 3);
    FixedFormat result = FixedFormat.parse("ap_fixed<8,8,AP_RND,AP_SAT>");

    // One output of one channel: the right neighbour less the left one.
    FixedTensor weights = FixedTensor.of(weight, new byte[] {-1, 0, 1}, 1, 1, 1, 3);
    Window window = Window.of(1, 3).withPadding(0, 1);
    Conv2d edges =
        Conv2d.of(pixel, weights, ImageShape.of(2, 4, 1), window, OutputStage.to(result));

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
  void window() {
    FixedFormat activation = FixedFormat.signed(8, 3);
    FixedFormat result = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    FixedTensor weights = FixedTensor.allocate(FixedFormat.signed(8, 1), 128, 64, 3, 3);
    // @start region="window"
    ImageShape image = ImageShape.of(56, 56, 64);
    // None above and left, one row below and one column right.
    Window window = Window.of(3, 3).withStride(2, 2).samePadding(image);
    Conv2d conv = Conv2d.of(activation, weights, image, window, OutputStage.to(result));
    // Of 28 x 28 x 128 words, to 14 x 14.
    Pool2d pool = Pool2d.max(result, conv.output(), Window.of(2, 2).withStride(2, 2).ceil());
    // @end
    assertThat(window).isEqualTo(Window.of(3, 3).withStride(2, 2).withPadding(0, 1, 0, 1));
    assertThat(conv.output()).hasToString("28 x 28 x 128 NHWC");
    assertThat(pool.output()).isEqualTo(ImageShape.of(14, 14, 128));
  }
}
