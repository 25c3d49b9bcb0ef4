package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.kernels.ConvShape.Layout;
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
    refused(() -> SHAPE.withPadding(-1, 0),
        "the padding of the height is -1: it must not be negative");
    refused(() -> SHAPE.withPadding(0, -2),
        "the padding of the width is -2: it must not be negative");
  }

  @Test
  void theKernelMustFitInThePaddedImage() {
    refused(() -> ConvShape.of(6, 2, 9, 4, 3, 2),
        "the kernel spans 3 of the height, and the padded image has 2: it must fit, and those in an"
            + " int");
    refused(() -> SHAPE.withDilation(1, 9),
        "the kernel spans 10 of the width, and the padded image has 9: it must fit, and those in"
            + " an int");
    refused(() -> SHAPE.withPadding(1 << 30, 0),
        "the kernel spans 3 of the height, and the padded image has 2147483656: it must fit, and"
            + " those in an int");
    assertThat(SHAPE.withPadding(0, 1).withDilation(1, 9).outputWidth()).isEqualTo(2);
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
    refused(() -> ConvShape.of(512, 1 << 11, 1 << 11, 1, 1, 1),
        "the padded image has 512 channels of 2048 x 2048 words: it must have at most 2147483647"
            + " in all");
    refused(() -> ConvShape.of(1, 1 << 20, 1, 1, 1, 1).withPadding(0, 1 << 20),
        "the padded image has 1 channels of 1048576 x 2097153 words: it must have at most"
            + " 2147483647 in all");
    refused(() -> ConvShape.of(1, 1 << 11, 1 << 11, 512, 1, 1),
        "the result has 512 channels of 2048 x 2048 words: it must have at most 2147483647 in all");
    assertThat(ConvShape.of(511, 1 << 11, 1 << 11, 511, 1, 1).imageSize())
        .isEqualTo(511 * (1 << 22));
  }
}
