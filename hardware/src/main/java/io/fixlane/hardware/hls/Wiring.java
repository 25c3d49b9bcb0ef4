package io.fixlane.hardware.hls;

import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.graph.Node;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the functions of layers are connected. A flatten has none: its words are those of its source,
 * in the same order.
 *
 * @param graph the network
 */
record Wiring(Graph graph) {
  /** Returns where words come from, flattens left out. */
  int origin(int source) {
    int origin = source;
    while (origin != Node.INPUT && isFlatten(origin)) {
      origin = graph.nodes().get(origin).sources().getFirst();
    }
    return origin;
  }

  private boolean isFlatten(int node) {
    return graph.nodes().get(node).layer() instanceof FlattenLayer;
  }

  /** Returns the places of the nodes that are functions, in their order. */
  List<Integer> functions() {
    return IntStream.range(0, graph.nodes().size()).filter(node -> !isFlatten(node)).boxed()
        .toList();
  }

  Node node(int place) {
    return graph.nodes().get(place);
  }

  /** Returns the origins of a node's words. */
  List<Integer> origins(int place) {
    return node(place).sources().stream().map(this::origin).toList();
  }

  /** Returns where the network's result comes from. */
  int result() {
    return origin(graph.nodes().size() - 1);
  }

  /** Returns the functions that take the words of an origin, one that takes them twice twice. */
  List<Integer> readers(int origin) {
    return functions().stream()
        .flatMap(place -> origins(place).stream().filter(taken -> taken == origin).map(_ -> place))
        .toList();
  }

  /** Returns the name of an origin: a layer's, or {@code input}. */
  String name(int origin) {
    return origin == Node.INPUT ? "input" : node(origin).identifier();
  }

  /** Returns the name of the type of an origin's words. */
  String type(int origin) {
    return name(origin) + "_t";
  }

  /** Returns the number of an origin's words. */
  int size(int origin) {
    return graph.type(origin).size();
  }

  /** Returns how many words of an origin are a beat of a stream: the channels of a pixel. */
  int lanes(int origin) {
    if (origin == Node.INPUT) {
      return graph.input().channels();
    }
    Node node = node(origin);
    return switch (node.layer()) {
      case UnaryLayer _,ThresholdLayer _,ScaleAndShiftLayer _,ResidualLayer _ ->
          lanes(origins(origin).getFirst());
      case DenseLayer _,ConvLayer _,BinaryDenseLayer _,BinaryConvLayer _ ->
          node.result().channels();
      case PoolLayer _,GlobalAverageLayer _,FlattenLayer _,UpsampleLayer _,ConcatLayer _ ->
          node.result().channels();
    };
  }

  int beats(int origin) {
    return size(origin) / lanes(origin);
  }
}
