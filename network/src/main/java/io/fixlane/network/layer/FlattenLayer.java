package io.fixlane.network.layer;

import java.util.Objects;

/**
 * The same words as features, in row-major order.
 *
 * @param name the name
 */
public record FlattenLayer(String name) implements Layer {
  /** Makes the layer. */
  public FlattenLayer {
    Objects.requireNonNull(name, "name");
  }
}
