package io.fixlane.hardware.graph;

import io.fixlane.network.Network;
import io.fixlane.network.layer.BlockLayer.Branch;
import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * A network as nodes, each of which comes behind those that it takes words from.
 *
 * @param input what a sample of the network is
 * @param nodes the nodes, one at least; the last one gives the network's result
 */
public record Graph(TensorType input, List<Node> nodes) {
  /** Makes a graph. */
  public Graph {
    nodes = List.copyOf(nodes);
  }

  /** Returns the graph of a network. */
  public static Graph of(Network network) {
    Maker maker = new Maker(network);
    maker.add("", network.layers(), Node.INPUT);
    return new Graph(network.inputType(), maker.nodes);
  }

  /** Returns what comes from a source. */
  public TensorType type(int source) {
    return source == Node.INPUT ? input : nodes.get(source).result();
  }

  /** Returns how many nodes take the words of a source; the network's result is taken once more. */
  public int readers(int source) {
    long readers = nodes.stream().flatMap(node -> node.sources().stream())
        .filter(taken -> taken == source).count();
    return (int) readers + (source == nodes.size() - 1 ? 1 : 0);
  }

  private static final class Maker {
    private final TensorType input;
    private final SequencedMap<String, TensorType> results;
    private final Identifiers identifiers = new Identifiers();
    private final List<Node> nodes = new ArrayList<>();

    Maker(Network network) {
      this.input = network.inputType();
      this.results = network.resultTypes();
    }

    /** Adds layers, and returns where the words of the last come from. */
    int add(String within, List<Layer> layers, int source) {
      int last = source;
      for (Layer layer : layers) {
        String path = within + layer.name();
        List<Integer> sources = List.of(last);
        if (layer instanceof BlockLayer block) {
          sources = new ArrayList<>();
          for (Branch branch : block.branches()) {
            sources.add(add(path + " > " + branch.role() + " > ", branch.layers(), last));
          }
        }
        int first = sources.getFirst();
        TensorType taken = first == Node.INPUT ? input : nodes.get(first).result();
        nodes.add(new Node(
            path, identifiers.of(path), layer, sources, taken, results.get(path)));
        last = nodes.size() - 1;
      }
      return last;
    }
  }
}
