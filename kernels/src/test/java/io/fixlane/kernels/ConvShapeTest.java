package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.tensor.FixedTensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes of a convolution: what results have, and which sizes are refused. */
class ConvShapeTest {
  private static final ConvShape SHAPE = ConvShape.of(6, 8, 9, 4, 3, 2);

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  /** The places p at which p x stride + (kernel - 1) x dilation lies in the padded image. */
  @ParameterizedTest
  @CsvSource({
    "8, 3, 1, 0, 1, 6",
    "8, 3, 2, 1, 1, 4",
    "9, 3, 2, 1, 1, 5",
    "8, 3, 1, 2, 2, 8",
    "1, 1, 9, 3, 1, 1",
    "5, 5, 1, 0, 1, 1"})
  void placesOfAKernel(int size, int kernel, int stride, int padding, int dilation, int places) {
    ConvShape rows = new ConvShape(1, size, 1, 1, kernel, 1, stride, 1, padding, 0, dilation, 1, 1,
        Layout.NHWC);
    assertThat(rows.outputHeight()).isEqualTo(places);
    assertThat(rows.outputWidth()).isEqualTo(1);
    ConvShape columns = new ConvShape(1, 1, size, 1, 1, kernel, 1, stride, 0, padding, 1, dilation,
        1, Layout.NHWC);
    assertThat(columns.outputWidth()).isEqualTo(places);
    assertThat(columns.outputHeight()).isEqualTo(1);
  }

  @Test
  void eachChangeIsOneOfItsOwnSizes() {
    assertThat(SHAPE.withStride(2, 3).withPadding(4, 5).withDilation(1, 7).withGroups(2)
        .withLayout(Layout.NCHW))
        .isEqualTo(new ConvShape(6, 8, 9, 4, 3, 2, 2, 3, 4, 5, 1, 7, 2, Layout.NCHW));
  }

  @Test
  void sizesMustBePositive() {
    refused(() -> ConvShape.of(0, 8, 9, 4, 3, 2), "channels is 0: it must be positive");
    refused(() -> ConvShape.of(6, -1, 9, 4, 3, 2), "height is -1: it must be positive");
    refused(() -> ConvShape.of(6, 8, 0, 4, 3, 2), "width is 0: it must be positive");
    refused(() -> ConvShape.of(6, 8, 9, 0, 3, 2), "outputs is 0: it must be positive");
    refused(() -> ConvShape.of(6, 8, 9, 4, 0, 2), "kernelHeight is 0: it must be positive");
    refused(() -> ConvShape.of(6, 8, 9, 4, 3, -2), "kernelWidth is -2: it must be positive");
    refused(() -> SHAPE.withStride(0, 1), "strideY is 0: it must be positive");
    refused(() -> SHAPE.withStride(1, 0), "strideX is 0: it must be positive");
    refused(() -> SHAPE.withDilation(0, 1), "dilationY is 0: it must be positive");
    refused(() -> SHAPE.withDilation(1, -1), "dilationX is -1: it must be positive");
    refused(() -> SHAPE.withGroups(0), "groups is 0: it must be positive");
  }

  @Test
  void paddingMustNotBeNegative() {
    refused(() -> SHAPE.withPadding(-1, 0), "paddingY is -1: it must not be negative");
    refused(() -> SHAPE.withPadding(0, -2), "paddingX is -2: it must not be negative");
  }

  /** Plans a convolution of a shape, whose weights are the right ones. */
  private static Conv2d plan(ConvShape shape) {
    FixedFormat s8 = FixedFormat.signed(8, 4);
    FixedTensor weights = FixedTensor.allocate(s8, shape.outputs(),
        shape.channels() / shape.groups(), shape.kernelHeight(), shape.kernelWidth());
    return Conv2d.of(s8, weights, shape, OutputStage.to(s8));
  }

  /** A shape that is refused is refused by a plan and, where it is to blame, by its side. */
  @Test
  void theKernelMustFitInThePaddedImage() {
    String rows = "the kernel spans 3 rows: it must fit in the padded image, which has 2";
    refused(() -> plan(ConvShape.of(6, 2, 9, 4, 3, 2)), rows);
    refused(() -> ConvShape.of(6, 2, 9, 4, 3, 2).outputHeight(), rows);
    String columns = "the kernel spans 10 columns: it must fit in the padded image, which has 9";
    refused(() -> plan(SHAPE.withDilation(1, 9)), columns);
    refused(() -> SHAPE.withDilation(1, 9).outputWidth(), columns);
    String many = "the padded image has 2147483656 rows: it must have at most 2147483647";
    refused(() -> plan(SHAPE.withPadding(1 << 30, 0)), many);
    refused(() -> SHAPE.withPadding(1 << 30, 0).outputHeight(), many);
    assertThat(SHAPE.withPadding(0, 1).withDilation(1, 9).outputWidth()).isEqualTo(2);
  }

  @Test
  void sizesThatFitTogetherMayComeInAnyOrder() {
    assertThat(ConvShape.of(4, 4, 4, 4, 3, 3).withDilation(2, 2).withPadding(2, 2))
        .isEqualTo(ConvShape.of(4, 4, 4, 4, 3, 3).withPadding(2, 2).withDilation(2, 2));
    ConvShape onlyPadded = ConvShape.of(8, 1, 1, 8, 3, 3).withPadding(1, 1);
    assertThat(plan(onlyPadded).shape().places()).isEqualTo(1);
  }

  @Test
  void groupsMustDivideChannelsAndOutputs() {
    refused(() -> SHAPE.withGroups(3),
        "groups is 3: it must divide the channels, 6, and the outputs, 4");
    refused(() -> SHAPE.withGroups(4),
        "groups is 4: it must divide the channels, 6, and the outputs, 4");
  }

  @Test
  void anIntCountsTheWordsOfImagesAndResults() {
    refused(() -> plan(ConvShape.of(512, 1 << 11, 1 << 11, 1, 1, 1)),
        "the padded image has 512 channels of 2048 x 2048 words: it must have at most 2147483647"
            + " in all");
    refused(() -> plan(ConvShape.of(1, 1 << 20, 1, 1, 1, 1).withPadding(0, 1 << 20)),
        "the padded image has 1 channels of 1048576 x 2097153 words: it must have at most"
            + " 2147483647 in all");
    refused(() -> plan(ConvShape.of(1, 1 << 11, 1 << 11, 512, 1, 1)),
        "the result has 512 channels of 2048 x 2048 words: it must have at most 2147483647 in all");
    assertThat(ConvShape.of(511, 1 << 11, 1 << 11, 511, 1, 1).imageSize())
        .isEqualTo(511 * (1 << 22));
  }
}
