package io.fixlane.hardware;

import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.network.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What layers are called in C++, in Verilog and in the names of the files of their words, where
 * their own names have other characters, or differ in case alone.
 *
 * {@snippet class="io.fixlane.hardware.HlsExample" region="names"}
 */
public final class LayerNames {
  private LayerNames() {}

  /**
   * Returns the names.
   *
   * @return {@code layer_} and lower-case letters, digits and underscores, each another, by the
   *     names that {@link Network#trace} has, in its order
   */
  public static SequencedMap<String, String> of(Network network) {
    Objects.requireNonNull(network, "network");
    SequencedMap<String, String> names = new LinkedHashMap<>();
    for (Node node : Graph.of(network).nodes()) {
      names.put(node.path(), node.identifier());
    }
    return Collections.unmodifiableSequencedMap(names);
  }
}
