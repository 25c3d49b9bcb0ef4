package io.fixlane.network;

import io.fixlane.network.PlannedLayer.View;

/**
 * The same words as features, in row-major order.
 *
 * @param name the name
 */
record FlattenLayer(String name) implements Layer {
  @Override
  public PlannedLayer plan(TensorType input) {
    return new PlannedLayer(
        this, input, TensorType.of(input.format(), input.size()), new View(), NetworkCost.NONE);
  }

  @Override
  public String describe() {
    return "flatten";
  }
}
