package io.fixlane.kernels;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;

/** The sizes of a convolution. */
record Convolution(ImageShape image, int outputs, Window window, int groups) {

  /** Returns a convolution of one group, in the layout NHWC. */
  static Convolution of(int height, int width, int channels, int outputs, Window window) {
    return new Convolution(ImageShape.of(height, width, channels), outputs, window, 1);
  }

  Convolution withGroups(int count) {
    return new Convolution(image, outputs, window, count);
  }

  Convolution withLayout(Layout layout) {
    return new Convolution(image.withLayout(layout), outputs, window, groups);
  }

  /** Returns the shape of weights. */
  int[] weights() {
    return new int[] {
      outputs, image.channels() / groups, window.kernelHeight(), window.kernelWidth()};
  }

  ImageShape output() {
    return window.output(image).withChannels(outputs);
  }

  @Override
  public String toString() {
    return window + " of " + image + " to " + outputs + ", groups " + groups;
  }
}
