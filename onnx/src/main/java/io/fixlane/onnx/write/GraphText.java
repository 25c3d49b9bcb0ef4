package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph that is being written, or the body of a loop in it, which sees the graph's constants. */
final class GraphText {
  private final GraphText root;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<Long, String> scalars = new HashMap<>();
  private int names;

  /** Begins a graph. */
  GraphText(String name) {
    this.root = this;
    graph.setName(name);
  }

  private GraphText(GraphText root, String name) {
    this.root = root;
    graph.setName(name);
  }

  /** Begins the body of a loop. */
  GraphText body(String name) {
    return new GraphText(root, name);
  }

  /** Returns a name that no layer has, nor anything else in the graph. */
  String fresh() {
    return "#" + root.names++;
  }

  GraphProto.Builder proto() {
    return graph;
  }

  /** Adds a node, and returns the name of what it gives. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = fresh();
    named(output, operator, inputs, attributes);
    return output;
  }

  /** Adds a node of one or two inputs, and returns the name of what it gives. */
  String node(String operator, String one, String... more) {
    String[] inputs = new String[more.length + 1];
    inputs[0] = one;
    System.arraycopy(more, 0, inputs, 1, more.length);
    return node(operator, Arrays.asList(inputs));
  }

  /** Adds a node that gives something a name. */
  void named(
      String output, String operator, List<String> inputs, AttributeProto... attributes) {
    add(output, output, operator, inputs, attributes);
  }

  /** Adds a node of a name that gives something another; returns it, to be changed. */
  NodeProto.Builder add(String name, String output, String operator, List<String> inputs,
      AttributeProto... attributes) {
    return graph.addNodeBuilder().setName(name).setOpType(operator).addAllInput(inputs)
        .addOutput(output).addAllAttribute(Arrays.asList(attributes));
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto attribute(String name, GraphProto.Builder body) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.GRAPH).setG(body)
        .build();
  }

  /** Returns an integer as a constant. */
  String constant(long value) {
    return root.scalars.computeIfAbsent(
        value, v -> constant(TensorProto.DataType.INT64, new long[] {v}));
  }

  /**
   * Adds a constant.
   *
   * @param type INT64, or a type of floats that holds every number exactly
   */
  String constant(TensorProto.DataType type, long[] values, long... shape) {
    int width = type == TensorProto.DataType.FLOAT ? Float.BYTES : Long.BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, width))
        .order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      switch (type) {
        case FLOAT -> bytes.putFloat(value);
        case DOUBLE -> bytes.putDouble(value);
        default -> bytes.putLong(value);
      }
    }
    String name = fresh();
    TensorProto.Builder tensor = root.graph.addInitializerBuilder().setName(name)
        .setDataType(type.getNumber()).setRawData(ByteString.copyFrom(bytes.flip()));
    Arrays.stream(shape).forEach(tensor::addDims);
    return name;
  }

  /** Adds a constant of floats. */
  String floats(float[] values, long... shape) {
    String name = fresh();
    TensorProto.Builder tensor = root.graph.addInitializerBuilder().setName(name)
        .setDataType(TensorProto.DataType.FLOAT.getNumber());
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    tensor.setRawData(ByteString.copyFrom(bytes.flip()));
    Arrays.stream(shape).forEach(tensor::addDims);
    return name;
  }

  /** Returns a list of integers as a constant. */
  String list(long... values) {
    return constant(TensorProto.DataType.INT64, values, values.length);
  }

  /**
   * Returns what a value of integers is.
   *
   * @param text what is said of it
   * @param shape its dimensions, behind that of the batch
   */
  static ValueInfoProto value(String name, String text, List<Integer> shape) {
    return value(TensorProto.DataType.INT64, name, text, shape);
  }

  /** Returns what a value of numbers of a type is. */
  static ValueInfoProto value(
      TensorProto.DataType type, String name, String text, List<Integer> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam("N");
    shape.forEach(size -> dimensions.addDimBuilder().setDimValue(size));
    return ValueInfoProto.newBuilder().setName(name).setDocString(text)
        .setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()
            .setElemType(type.getNumber()).setShape(dimensions)))
        .build();
  }

  /** Returns what a value of integers of a loop is, whose dimensions the loop says. */
  static ValueInfoProto value(String name) {
    return ValueInfoProto.newBuilder().setName(name)
        .setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.INT64.getNumber())))
        .build();
  }
}
