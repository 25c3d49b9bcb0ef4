package io.fixlane.network.layer;

import java.util.Objects;

/**
 * A larger image: every pixel becomes a block of the same ones, which is what a nearest-neighbour
 * resize by whole factors gives. The format stays as it is.
 *
 * @param name the name
 * @param factorY the rows of such a block
 * @param factorX its columns
 */
public record UpsampleLayer(String name, int factorY, int factorX) implements Layer {
  /**
   * Makes the layer.
   *
   * @throws IllegalArgumentException if a factor is not positive
   */
  public UpsampleLayer {
    Objects.requireNonNull(name, "name");
    if (factorY < 1 || factorX < 1) {
      throw new IllegalArgumentException("factorY is " + factorY + " and factorX " + factorX
          + ": both must be positive");
    }
  }
}
