package io.fixlane.jmh.check;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;

/**
 * The sizes of a convolution that is measured.
 *
 * @param image the image, NHWC
 * @param outputs output channels
 * @param window how the kernel moves
 * @param groups into how many groups channels and outputs are divided
 */
public record ConvSizes(ImageShape image, int outputs, Window window, int groups) {
  /** Returns the sizes of a convolution 3 x 3 that keeps the side of a square image. */
  public static ConvSizes of(int channels, int side, int outputs, int groups) {
    return new ConvSizes(
        ImageShape.of(side, side, channels), outputs, Window.of(3, 3).withPadding(1, 1), groups);
  }

  /** Returns the sizes of the result. */
  public ImageShape output() {
    return window.output(image).withChannels(outputs);
  }

  /** Returns random weights. */
  public FixedTensor weights(FixedFormat format) {
    return RandomWords.uniform(format, 2, outputs, image.channels() / groups,
        window.kernelHeight(), window.kernelWidth());
  }

  /** Returns a random image. */
  public FixedTensor images(FixedFormat format) {
    return RandomWords.skewed(format, 1, image.height(), image.width(), image.channels());
  }

  /** Returns room for the result. */
  public FixedTensor results(FixedFormat format) {
    ImageShape output = output();
    return FixedTensor.allocate(format, output.height(), output.width(), outputs);
  }

  /** Returns the plan. */
  public Conv2d plan(FixedFormat activations, FixedTensor weights, OutputStage stage) {
    return Conv2d.of(activations, weights, image, window, groups, stage);
  }
}
