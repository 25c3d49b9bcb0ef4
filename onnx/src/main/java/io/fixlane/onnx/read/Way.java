package io.fixlane.onnx.read;

import io.fixlane.onnx.model.ModelNode;

/**
 * How a number of a model is computed: steps, each behind the one whose result it takes.
 *
 * @param <W> what goes on
 */
public interface Way<W extends Way<W>> {
  /** Returns the way on with a step, for a node, that makes features of an image. */
  W flattened(ModelNode node);
}
