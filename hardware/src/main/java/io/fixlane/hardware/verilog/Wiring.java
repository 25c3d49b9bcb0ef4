package io.fixlane.hardware.verilog;

import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which stream goes where. A stream that several nodes read is forked, and where the branches of
 * a block meet lies a memory for each branch, so that one may be ahead of the other.
 *
 * @param graph the network
 * @param edges who reads what, node by node
 */
record Wiring(Graph graph, List<Edge> edges) {
  /**
   * A reader of a stream.
   *
   * @param source where the stream comes from, as {@link Node#sources} has it
   * @param reader which of the source's readers it is, from 0 on
   * @param node the place of the node that reads
   * @param port which of the node's sources it is
   */
  record Edge(int source, int reader, int node, int port) {}

  static Wiring of(Graph graph) {
    Map<Integer, Integer> readers = new HashMap<>();
    List<Edge> edges = new ArrayList<>();
    for (int place = 0; place < graph.nodes().size(); place++) {
      List<Integer> sources = graph.nodes().get(place).sources();
      for (int port = 0; port < sources.size(); port++) {
        int reader = readers.merge(sources.get(port), 1, Integer::sum) - 1;
        edges.add(new Edge(sources.get(port), reader, place, port));
      }
    }
    return new Wiring(graph, edges);
  }

  /** Returns the edges to a node, by its ports. */
  List<Edge> to(int node) {
    return edges.stream().filter(edge -> edge.node() == node).toList();
  }

  /** Returns whether a memory lies on an edge. */
  boolean isBuffered(Edge edge) {
    return graph.nodes().get(edge.node()).sources().size() > 1;
  }
}
