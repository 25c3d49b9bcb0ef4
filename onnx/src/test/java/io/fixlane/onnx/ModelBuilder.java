package io.fixlane.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Random;

/** Writes models for tests, node after node. */
final class ModelBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");
  private final Random random;
  private final int opset;
  private String last = "x";
  private int names;

  /** Begins a model whose input, x, has a shape; -1 is the batch. */
  ModelBuilder(int opset, long seed, long... shape) {
    this.opset = opset;
    this.random = new Random(seed);
    graph.addInput(value("x", shape));
  }

  static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(size < 0 ? dimension.setDimParam("n") : dimension.setDimValue(size));
    }
    return ValueInfoProto.newBuilder().setName(name)
        .setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(dimensions)))
        .build();
  }

  /** An attribute: a number, a text, or a list of integers. */
  static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    return switch (value) {
      case Integer i -> attribute.setType(AttributeType.INT).setI(i).build();
      case Float f -> attribute.setType(AttributeType.FLOAT).setF(f).build();
      case String s -> attribute.setType(AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(s)).build();
      case TensorProto t -> attribute.setType(AttributeType.TENSOR).setT(t).build();
      case int[] ints -> {
        Arrays.stream(ints).forEach(i -> attribute.addInts(i));
        yield attribute.setType(AttributeType.INTS).build();
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Adds a constant of random numbers in a range, and returns its name. */
  String weights(double low, double high, int... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("w" + names++)
        .setDataType(TensorProto.DataType.FLOAT_VALUE);
    int size = 1;
    for (int dimension : shape) {
      tensor.addDims(dimension);
      size *= dimension;
    }
    for (int i = 0; i < size; i++) {
      tensor.addFloatData((float) (low + (high - low) * random.nextDouble()));
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  String weights(int... shape) {
    return weights(-1, 1, shape);
  }

  /** Adds a constant of one float, and returns its name. */
  String number(float value) {
    String name = "w" + names++;
    graph.addInitializer(TensorProto.newBuilder().setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE).addFloatData(value));
    return name;
  }

  /** Adds a constant of integers, and returns its name. */
  String integers(long... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("w" + names++)
        .setDataType(TensorProto.DataType.INT64_VALUE).addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Adds a node of given inputs, and returns what it gives. */
  String node(String operator, String[] inputs, AttributeProto... attributes) {
    last = "y" + names++;
    graph.addNode(
        NodeProto.newBuilder().setName(operator + " " + last).setOpType(operator)
            .addAllInput(Arrays.asList(inputs)).addOutput(last)
            .addAllAttribute(Arrays.asList(attributes)));
    return last;
  }

  /** Adds a node that takes what the last gives, and constants. */
  ModelBuilder then(String operator, AttributeProto... attributes) {
    node(operator, new String[] {last}, attributes);
    return this;
  }

  ModelBuilder with(String operator, String constant, AttributeProto... attributes) {
    node(operator, new String[] {last, constant}, attributes);
    return this;
  }

  ModelBuilder with(
      String operator, String one, String other, AttributeProto... attributes) {
    node(operator, new String[] {last, one, other}, attributes);
    return this;
  }

  ModelBuilder batchNorm(int channels) {
    node("BatchNormalization", new String[] {last, weights(0.5, 2, channels), weights(channels),
      weights(channels), weights(0.5, 2, channels)}, attribute("epsilon", 1e-3f));
    return this;
  }

  /** Gives the last node the domain of another set of operators. */
  ModelBuilder in(String domain) {
    graph.getNodeBuilder(graph.getNodeCount() - 1).setDomain(domain);
    return this;
  }

  /** Adds a constant of given numbers, and returns its name. */
  String numbers(int[] shape, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("w" + names++)
        .setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (int dimension : shape) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Adds a Quant of a value, and returns what it gives. */
  String quant(String x, float scale, int bits, boolean signed, boolean narrow, String mode) {
    node("Quant", new String[] {x, number(scale), number(0), number(bits)},
        attribute("signed", signed ? 1 : 0), attribute("narrow", narrow ? 1 : 0),
        attribute("rounding_mode", mode));
    in("qonnx.custom_op.general");
    return last;
  }

  /** Adds a Quant of what the last node gives, which rounds to the nearest. */
  ModelBuilder quant(float scale, int bits, boolean signed) {
    quant(last, scale, bits, signed, false, "ROUND");
    return this;
  }

  /** Adds random weights through a Quant, and returns its name. */
  String quantWeights(float scale, int bits, int... shape) {
    String before = last;
    double most = scale * Math.pow(2, bits - 1);
    String quant = quant(weights(-most, most, shape), scale, bits, true, bits > 1, "ROUND");
    last = before;
    return quant;
  }

  /** Adds weights of -1 and +1, and returns their name. */
  String signs(int... shape) {
    String before = last;
    node("BipolarQuant", new String[] {weights(shape), number(1)});
    in("qonnx.custom_op.general");
    String signs = last;
    last = before;
    return signs;
  }

  /** Adds the sign of what the last node gives. */
  ModelBuilder sign() {
    node("BipolarQuant", new String[] {last, number(1)});
    return in("finn.custom_op.general");
  }

  String last() {
    return last;
  }

  ModelBuilder from(String name) {
    last = name;
    return this;
  }

  GraphProto.Builder graph() {
    return graph;
  }

  /** Returns the model, which gives what the last node does. */
  ModelProto.Builder model() {
    return ModelProto.newBuilder().setIrVersion(4)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .setGraph(graph.clone().clearOutput().addOutput(ValueInfoProto.newBuilder().setName(last)
            .setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)))));
  }
}
