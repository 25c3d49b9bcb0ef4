package io.fixlane.onnx;

import io.fixlane.onnx.model.ModelGraph;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a model says that it computes, whether or not layers compute it.
 *
 * {@snippet class="io.fixlane.onnx.OnnxExample" region="graph"}
 *
 * @param input the name of the input
 * @param inputShape the dimensions of the input, {@link #UNKNOWN} where one is no number
 * @param output the name of the output
 * @param nodes the nodes but those that give constants, each behind what it takes
 * @param constants the constants that nodes take, in their order
 */
public record OnnxGraph(String input, List<Long> inputShape, String output, List<Node> nodes,
    List<Constant> constants) {
  /** A dimension that is no number, such as that of a batch. */
  public static final long UNKNOWN = ModelGraph.UNKNOWN;

  /** Makes the graph. */
  public OnnxGraph {
    inputShape = List.copyOf(inputShape);
    nodes = List.copyOf(nodes);
    constants = List.copyOf(constants);
  }

  /**
   * A node.
   *
   * @param name its name; empty where it has none
   * @param operator its operator, behind its domain and a dot where that is not ONNX's
   * @param inputs the names of what it takes; empty where one is left out
   * @param outputs the names of what it gives; empty where one is left out
   */
  public record Node(String name, String operator, List<String> inputs, List<String> outputs) {
    /** Makes the node. */
    public Node {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * A constant.
   *
   * @param name its name
   * @param integers whether it holds integers; else floats
   * @param shape its dimensions
   * @param min the smallest number, the nearest double where it is a large integer; NaN where there
   *     is none
   * @param max the largest number, likewise
   * @param zeros how many numbers are 0
   */
  public record Constant(String name, boolean integers, List<Integer> shape, double min, double max,
      long zeros) {
    /** Makes the constant. */
    public Constant {
      shape = List.copyOf(shape);
    }
  }

  static OnnxGraph of(ModelGraph graph) throws OnnxException {
    List<Node> nodes = new ArrayList<>();
    SequencedMap<String, Constant> constants = new LinkedHashMap<>();
    for (ModelNode node : graph.nodes()) {
      String domain = node.domain().isEmpty() ? "" : node.domain() + ".";
      nodes.add(
          new Node(node.name(), domain + node.operator(), node.inputs(), node.outputs()));
      for (String name : node.inputs()) {
        ModelTensor tensor = graph.constant(name);
        if (tensor != null && !constants.containsKey(name)) {
          constants.put(name, constant(name, tensor));
        }
      }
    }
    List<Long> shape = Arrays.stream(graph.inputShape()).boxed().toList();
    return new OnnxGraph(
        graph.input(), shape, graph.output(), nodes, List.copyOf(constants.values()));
  }

  private static Constant constant(String name, ModelTensor tensor) throws OnnxException {
    double min = Double.NaN;
    double max = Double.NaN;
    long zeros = 0;
    boolean integers = tensor.isIntegers();
    for (int i = 0; i < tensor.size(); i++) {
      double number = integers ? tensor.longs()[i] : tensor.floats()[i];
      min = i == 0 ? number : Math.min(min, number);
      max = i == 0 ? number : Math.max(max, number);
      zeros += number == 0 ? 1 : 0;
    }
    List<Integer> shape = Arrays.stream(tensor.shape()).boxed().toList();
    return new Constant(name, integers, shape, min, max, zeros);
  }
}
