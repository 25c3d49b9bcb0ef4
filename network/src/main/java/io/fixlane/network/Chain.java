package io.fixlane.network;

import java.util.List;

/**
 * Layers, each of which takes what the one before gives.
 *
 * @param input what the first takes
 * @param layers the layers; none gives the input on as it is
 */
record Chain(TensorType input, List<PlannedLayer> layers) {
  Chain {
    layers = List.copyOf(layers);
  }

  /** Returns what the last layer gives. */
  TensorType result() {
    return layers.isEmpty() ? input : layers.getLast().result();
  }

  /** Returns what the layers are. */
  List<Layer> descriptions() {
    return layers.stream().map(PlannedLayer::layer).toList();
  }

  /** Returns what all layers cost. */
  NetworkCost cost() {
    return layers.stream().map(PlannedLayer::cost).reduce(NetworkCost.NONE, NetworkCost::plus);
  }
}
