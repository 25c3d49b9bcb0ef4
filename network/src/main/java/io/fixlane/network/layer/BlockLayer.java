package io.fixlane.network.layer;

import java.util.List;
import java.util.Objects;

/**
 * A layer of two branches, each of which takes the layer's input, and of what becomes of their
 * results.
 */
public sealed interface BlockLayer extends Layer permits ResidualLayer, ConcatLayer {
  /** Returns the two branches, in the order in which their results are taken. */
  List<Branch> branches();

  /**
   * A branch of a block.
   *
   * @param role what it is to the block, in one word: a trace has the words of its layers as
   *     {@code block > role > layer}
   * @param layers its layers; none gives the block's input on
   */
  record Branch(String role, List<Layer> layers) {
    /** Makes the branch. */
    public Branch {
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(layers, "layers");
      layers = List.copyOf(layers);
    }
  }
}
