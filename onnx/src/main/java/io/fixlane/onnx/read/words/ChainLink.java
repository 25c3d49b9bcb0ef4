package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.numbers.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * A node that goes number by number and is monotonic: it adds to numbers, or multiplies them, or
 * bounds them.
 *
 * @param node the node
 * @param scale what it multiplies with, for each channel; null where that is no exact number
 * @param shift what it adds then
 * @param function what it computes, in doubles
 */
record ChainLink(
    ModelNode node, @Nullable Numbers scale, @Nullable Numbers shift, Function function) {
  /** What a node computes of a number of a channel. */
  @FunctionalInterface
  interface Function {
    /** Computes it. */
    double apply(int channel, double x);
  }

  /** Returns it for an image that is flattened, whose numbers have a channel each then. */
  ChainLink flattened(int size, int channels) throws OnnxException {
    return new ChainLink(node, spread(scale, size, channels), spread(shift, size, channels),
        (feature, x) -> function.apply(feature % channels, x));
  }

  private static @Nullable Numbers spread(@Nullable Numbers numbers, int size, int channels)
      throws OnnxException {
    return numbers == null || numbers.words().length == 1
        ? numbers
        : numbers.picked(size, feature -> feature % channels);
  }

  /** Returns whether it is one exact sum. */
  boolean isSum() {
    return scale == null && shift != null;
  }

  /** Returns whether what it does is no exact sum or product. */
  boolean isInexact() {
    return scale == null && shift == null;
  }
}
