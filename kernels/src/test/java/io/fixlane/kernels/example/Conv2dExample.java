package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Conv2d}. */
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
}
