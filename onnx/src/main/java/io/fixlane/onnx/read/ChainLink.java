package io.fixlane.onnx.read;

import io.fixlane.onnx.model.ModelNode;
import org.jspecify.annotations.Nullable;

/**
 * A node that adds to numbers, or multiplies them, or both.
 *
 * @param node the node
 * @param scale what it multiplies with, for each channel or all; null where that is no exact number
 * @param shift what it adds then
 */
record ChainLink(ModelNode node, @Nullable Numbers scale, @Nullable Numbers shift) {
  /** Returns whether it is one exact sum. */
  boolean isSum() {
    return scale == null && shift != null;
  }

  /** Returns whether what it does is no exact sum or product. */
  boolean isInexact() {
    return scale == null && shift == null;
  }
}
