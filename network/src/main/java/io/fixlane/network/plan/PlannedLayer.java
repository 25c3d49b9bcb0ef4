package io.fixlane.network.plan;

import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.TensorType;
import java.util.function.Supplier;

/**
 * A layer in its place.
 *
 * @param layer the layer
 * @param input what it takes
 * @param result what it gives
 * @param kernel what computes it
 * @param cost what it costs
 */
record PlannedLayer(
    Layer layer, TensorType input, TensorType result, Kernel kernel, NetworkCost cost) {

  /** What computes a layer. */
  sealed interface Kernel {}

  /**
   * One operation.
   *
   * @param operation what is done
   * @param explanation how, and why so
   */
  record Single(Operation operation, Supplier<String> explanation) implements Kernel {}

  /** Nothing: the same words in the same order. */
  record View() implements Kernel {}

  /**
   * Two branches, and the sum of their results.
   *
   * @param body one branch
   * @param shortcut the other
   * @param sum adds their results
   */
  record Branches(Chain body, Chain shortcut, Sum sum) implements Kernel {}
}
