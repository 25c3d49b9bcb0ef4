package io.fixlane.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The examples in the documentation of this package. */
abstract class WindowExample {
  @Test
  void window() {
    // @start region="window"
    // The first convolution and the first pooling of a ResNet.
    ImageShape image = ImageShape.of(224, 224, 3);
    Window conv = Window.of(7, 7).withStride(2, 2).withPadding(3, 3);
    ImageShape hidden = conv.output(image).withChannels(64);
    assertThat(hidden).hasToString("112 x 112 x 64 NHWC");

    Window pool = Window.of(3, 3).withStride(2, 2).withPadding(1, 1);
    assertThat(pool.output(hidden)).hasToString("56 x 56 x 64 NHWC");

    // As many rows and columns, as TensorFlow pads them: none above and left, one below and right.
    assertThat(Window.of(3, 3).withStride(2, 2).samePadding(hidden))
        .isEqualTo(Window.of(3, 3).withStride(2, 2).withPadding(0, 1, 0, 1));
    // @end
  }
}
