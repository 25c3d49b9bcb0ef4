package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Axis;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.numbers.Constant;
import io.fixlane.onnx.read.numbers.Numbers;

/** Constants that have a number for each channel. */
final class Channels {
  private Channels() {}

  /**
   * Returns the numbers of a constant for the channels of an image, or for features, in the order
   * that they have here.
   *
   * @throws OnnxException if it has neither one number nor one for each of them
   */
  static Numbers numbers(ModelNode node, Layout layout, Constant constant) throws OnnxException {
    int channels = WordGraph.channels(layout);
    if (constant.tensor().size() == 1) {
      return constant.numbers(node, channels, _ -> 0);
    }
    int[] shape = constant.tensor().shape();
    // Places are counted from the last, as shapes are aligned.
    int after = switch (layout) {
      case Layout.Image image -> image.axes().size() - 1 - image.axes().indexOf(Axis.CHANNELS);
      case Layout.Features features -> {
        int last = features.dimensions().size() - 1;
        int wide = 0;
        while (wide < last && features.dimensions().get(wide) != features.count()) {
          wide++;
        }
        yield last - wide;
      }
    };
    int at = shape.length - 1 - after;
    if (at < 0 || shape[at] != channels || constant.tensor().size() != channels) {
      throw node.refuse("it takes " + constant + ": it must have one number for each of "
          + channels + " channels, or one");
    }
    return constant.numbers(node, channels,
        c -> layout instanceof Layout.Features features ? features.place(c) : c);
  }
}
