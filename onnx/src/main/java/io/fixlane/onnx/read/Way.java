package io.fixlane.onnx.read;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;

/**
 * How a number of a model is computed: steps, each behind the one whose result it takes.
 *
 * @param <W> what goes on
 */
public interface Way<W extends Way<W>> {
  /**
   * Returns the way on with a step, for a node, that makes features of an image.
   *
   * @throws OnnxException if that takes more memory than there is
   */
  W flattened(ModelNode node, Layout.Image image) throws OnnxException;
}
