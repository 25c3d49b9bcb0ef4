package io.fixlane.network.plan;

import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import java.util.Optional;
import java.util.concurrent.Executor;
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
   * Two branches, whose results meet.
   *
   * @param first one branch: a body
   * @param second the other: a shortcut
   * @param meeting what becomes of their results
   * @param joined the first branch's last layer and a sum as one, where there is such a kernel
   */
  record Branches(Chain first, Chain second, Meeting meeting, Optional<Joined> joined)
      implements Kernel {}

  /** A layer that adds a residual to its results while they are in the cache. */
  interface Joined {
    /**
     * Computes samples.
     *
     * @param x n samples
     * @param residual n tensors that are added
     * @param target n results
     * @param executor what helps
     * @param parts into how many parts the work is divided at most
     */
    void run(FixedTensor x, FixedTensor residual, FixedTensor target, Executor executor, int parts);
  }
}
