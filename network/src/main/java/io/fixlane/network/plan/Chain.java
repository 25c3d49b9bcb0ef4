package io.fixlane.network.plan;

import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers, each of which takes what the one before gives.
 *
 * @param input what the first takes
 * @param layers the layers; none gives the input on as it is
 */
public record Chain(TensorType input, List<PlannedLayer> layers) {
  /** Makes the chain of a copy. */
  public Chain {
    layers = List.copyOf(layers);
  }

  /** Returns what the last layer gives. */
  public TensorType result() {
    return layers.isEmpty() ? input : layers.getLast().result();
  }

  /** Returns all layers but the last. */
  Chain withoutLast() {
    return new Chain(input, layers.subList(0, layers.size() - 1));
  }

  /** Returns the layers with another in the place of the last. */
  Chain withLast(PlannedLayer last) {
    List<PlannedLayer> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, last);
    return new Chain(input, changed);
  }

  /** Returns what the layers are. */
  public List<Layer> descriptions() {
    return layers.stream().map(PlannedLayer::layer).toList();
  }

  /** Returns what all layers cost. */
  public NetworkCost cost() {
    return layers.stream().map(PlannedLayer::cost).reduce(Costs.NONE, Costs::plus);
  }
}
