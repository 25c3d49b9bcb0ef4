package io.fixlane.hardware.graph;

import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.TensorType;
import java.util.List;

/**
 * A layer in its place.
 *
 * @param path its name, as {@link io.fixlane.network.Network#trace} has it
 * @param identifier a name for it in source code, which no other node of the graph has
 * @param layer what it computes; of a {@link BlockLayer} only what becomes of its branches, since
 *     their layers are nodes
 * @param sources where its words come from: places of nodes in the graph, or {@link #INPUT}. Two
 *     for a block, one of each branch, else one
 * @param input what it takes: of a block what its first branch gives
 * @param result what it gives
 */
public record Node(
    String path, String identifier, Layer layer, List<Integer> sources, TensorType input,
    TensorType result) {
  /** The source that is the network's input. */
  public static final int INPUT = -1;

  /** Makes a node. */
  public Node {
    sources = List.copyOf(sources);
  }
}
