package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Threshold;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link Threshold}. */
class ThresholdExample {
  @Test
  void threshold() {
    // @start region="threshold"
    FixedFormat sum = FixedFormat.signed(8, 4);
    FixedFormat level = FixedFormat.unsigned(2, 2);
    // One bit more than a sum has: 8 is a threshold that no sum reaches.
    FixedTensor thresholds = FixedTensor.quantize(FixedFormat.signed(9, 5), new float[] {
      -0.5f, 1, 2.25f,
      0, 0.5f, 8}, 2, 3);
    Threshold staircase = Threshold.of(sum, thresholds, Fixed.ofRaw(level, 0), 1);

    // Three pixels of two channels.
    FixedTensor x = FixedTensor.quantize(sum, new float[] {-1, -1, 1, 0, 7.5f, 7.5f}, 3, 2);
    FixedTensor y = FixedTensor.allocate(level, 3, 2);
    staircase.run(x, y);

    assertThat(y).hasToString("""
        ap_ufixed<2,2> [3, 2]
          0  0
          2  1
          3  2""");
    // @end
  }
}
