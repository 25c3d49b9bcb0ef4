package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import java.util.Objects;

/**
 * The average of each channel over the whole image, as features.
 *
 * @param name the name
 * @param result what the exact quotient is cast into
 */
public record GlobalAverageLayer(String name, FixedFormat result) implements Layer {
  /** Makes the layer. */
  public GlobalAverageLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(result, "result");
  }
}
