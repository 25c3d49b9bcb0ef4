package io.fixlane.onnx.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fixlane.onnx.OnnxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The graph of a model: constants, nodes that come after what they take, and its ends. */
public final class ModelGraph {
  /** A dimension of the input that is no number. */
  public static final long UNKNOWN = -1;

  private final String input;
  private final long[] inputShape;
  private final @Nullable String inputType;
  private final String output;
  private final List<ModelNode> nodes = new ArrayList<>();
  private final Map<String, ModelTensor> constants = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Folding folding = new Folding(constants);

  ModelGraph(GraphProto graph, ExternalFolder folder) throws OnnxException {
    if (graph.getSparseInitializerCount() > 0) {
      throw new OnnxException("the graph has sparse initializers: they are not read");
    }
    for (TensorProto tensor : graph.getInitializerList()) {
      String name = tensor.getName();
      if (constants.put(name, ModelTensor.of(name, tensor, folder)) != null) {
        throw new OnnxException("the graph has two initializers '" + name + "'");
      }
    }
    ValueInfoProto end = onlyInput(graph);
    this.input = end.getName();
    this.inputShape = shape(end);
    this.inputType = dataType(graph, input);
    addNodes(graph, folder);
    this.output = onlyOutput(graph);
    readers.merge(output, 1, Integer::sum);
  }

  /** Older models list their initializers as inputs too. */
  private ValueInfoProto onlyInput(GraphProto graph) throws OnnxException {
    List<ValueInfoProto> inputs = graph.getInputList().stream()
        .filter(value -> !constants.containsKey(value.getName())).toList();
    if (inputs.size() != 1) {
      throw new OnnxException("the graph has " + inputs.size() + " inputs "
          + inputs.stream().limit(8).map(value -> "'" + value.getName() + "'").toList()
          + ": it must have one");
    }
    return inputs.getFirst();
  }

  /** Returns the type that QONNX's annotations say of a value. */
  private static @Nullable String dataType(GraphProto graph, String value) {
    return graph.getQuantizationAnnotationList().stream()
        .filter(annotation -> annotation.getTensorName().equals(value))
        .flatMap(annotation -> annotation.getQuantParameterTensorNamesList().stream())
        .filter(entry -> entry.getKey().equals("finn_datatype")).map(entry -> entry.getValue())
        .findFirst().orElse(null);
  }

  private static long @Nullable [] dimensions(ValueInfoProto value) {
    if (!value.getType().hasTensorType() || !value.getType().getTensorType().hasShape()) {
      return null;
    }
    List<Dimension> dimensions = value.getType().getTensorType().getShape().getDimList();
    long[] shape = new long[dimensions.size()];
    for (int i = 0; i < shape.length; i++) {
      Dimension dimension = dimensions.get(i);
      shape[i] = dimension.hasDimValue() ? dimension.getDimValue() : UNKNOWN;
    }
    return shape;
  }

  private static long[] shape(ValueInfoProto value) throws OnnxException {
    long[] shape = dimensions(value);
    if (shape == null) {
      throw new OnnxException(
          "the input '" + value.getName() + "' has no shape: it must have one");
    }
    return shape;
  }

  private void addNodes(GraphProto graph, ExternalFolder folder) throws OnnxException {
    Set<String> all = new HashSet<>();
    graph.getNodeList().forEach(node -> all.addAll(node.getOutputList()));
    Set<String> known = new HashSet<>(constants.keySet());
    known.add(input);
    int index = 0;
    for (NodeProto proto : graph.getNodeList()) {
      ModelNode node = new ModelNode(index++, proto, folder);
      for (String name : node.inputs()) {
        if (!name.isEmpty() && !known.contains(name)) {
          throw node.refuse("it takes '" + name + "', which " + (all.contains(name)
              ? "only this or a later node gives: a cycle, or nodes out of order"
              : "is no input, no initializer and no node's result"));
        }
        readers.merge(name, 1, Integer::sum);
      }
      for (String name : node.outputs()) {
        if (!name.isEmpty() && !known.add(name)) {
          throw node.refuse("it gives '" + name + "', which is there already");
        }
      }
      if (!fold(node)) {
        nodes.add(node);
      }
    }
  }

  /**
   * Makes a constant of what a node gives, where all that it takes are constants by now and it only
   * arranges them.
   *
   * @return whether it did
   * @throws OnnxException if the node cannot be computed
   */
  public boolean fold(ModelNode node) throws OnnxException {
    ModelTensor constant = folding.fold(node);
    if (constant != null) {
      put(constant);
    }
    return constant != null;
  }

  /**
   * Returns what a node makes of a tensor in the place of what it takes first, where it only
   * arranges it; else null.
   *
   * @throws OnnxException if it cannot
   */
  public @Nullable ModelTensor arranged(ModelNode node, ModelTensor first) throws OnnxException {
    return node.domain().isEmpty() && node.outputs().size() == 1
        ? folding.arranged(node, node.outputs().getFirst(), first)
        : null;
  }

  /** Adds a constant, which a node gives that is read. */
  public void put(ModelTensor constant) {
    constants.put(constant.name(), constant);
  }

  private String onlyOutput(GraphProto graph) throws OnnxException {
    if (graph.getOutputCount() != 1) {
      throw new OnnxException(
          "the graph has " + graph.getOutputCount() + " outputs: it must have one");
    }
    return graph.getOutput(0).getName();
  }

  /** Returns the name of the input. */
  public String input() {
    return input;
  }

  /** Returns the name of the type that QONNX's annotations say of the input, or null. */
  public @Nullable String inputType() {
    return inputType;
  }

  /** Returns the dimensions of the input, {@link #UNKNOWN} where one is no number. */
  public long[] inputShape() {
    return inputShape.clone();
  }

  /** Returns the name of the output. */
  public String output() {
    return output;
  }

  /** Returns the nodes but those that give constants, each behind what it takes. */
  public List<ModelNode> nodes() {
    return nodes;
  }

  /** Returns a constant, or null where there is none of the name. */
  public @Nullable ModelTensor constant(String name) {
    return constants.get(name);
  }

  /**
   * Returns the constant that a node takes.
   *
   * @throws OnnxException if it is left out, or none
   */
  public ModelTensor constant(ModelNode node, int place) throws OnnxException {
    ModelTensor constant = constants.get(node.input(place));
    if (constant == null) {
      throw node.refuse("its input " + place + ", '" + node.input(place)
          + "', is computed: it must be a constant");
    }
    return constant;
  }

  /** Returns how many take a value; the graph's end is one of them. */
  public int readers(String name) {
    return readers.getOrDefault(name, 0);
  }
}
