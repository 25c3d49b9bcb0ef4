package io.fixlane.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random changes of a model: of its bytes, or of what they say. */
final class ModelMutation {
  private static final int MOST_CHANGES = 3;
  private static final int LONGEST_RUN = 40;
  private static final long[] EXTREMES = {0, 1, -1, 2, 3, 4, 7, Integer.MAX_VALUE,
    Integer.MIN_VALUE, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, 1 << 16};
  private static final float[] FLOATS = {0, -1, 1, 2, 0.5f, 3, 0.1f, 64, 65, 1e30f, 1e-40f,
    Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE};
  private static final List<String> OPERATORS = List.of("Relu", "Add", "Conv", "Gemm", "MatMul",
      "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Pad", "MaxPool", "AveragePool",
      "GlobalAveragePool", "ReduceMean", "BatchNormalization", "Dropout", "Softmax", "Constant",
      "Identity", "If", "", "Quant", "BipolarQuant", "Trunc", "Mul", "Sub", "Div", "Shape",
      "Gather", "Concat", "Resize", "Upsample", "MultiThreshold", "TopK", "Pow", "QuantizeLinear",
      "DequantizeLinear", "Clip", "QLinearConv", "QLinearMatMul", "QLinearAdd", "QGemm",
      "QLinearAveragePool", "QLinearGlobalAveragePool");
  private static final List<String> ATTRIBUTES = List.of("axis", "axes", "perm", "pads", "group",
      "strides", "dilations", "kernel_shape", "auto_pad", "ceil_mode", "transB", "alpha", "epsilon",
      "momentum", "keepdims", "value", "count_include_pad", "signed", "narrow", "rounding_mode",
      "out_scale", "out_bias", "data_layout", "mode", "nearest_mode",
      "coordinate_transformation_mode");

  private ModelMutation() {}

  /** Returns a model with one to three changes. */
  static byte[] of(byte[] model, Random random) throws InvalidProtocolBufferException {
    byte[] changed = model;
    int changes = random.nextInt(MOST_CHANGES) + 1;
    if (random.nextInt(3) > 0) {
      ModelProto.Builder builder = ModelProto.parseFrom(model).toBuilder();
      for (int i = 0; i < changes; i++) {
        change(builder.getGraphBuilder(), random);
      }
      return builder.build().toByteArray();
    }
    for (int i = 0; i < changes; i++) {
      changed = bytes(changed, random);
    }
    return changed;
  }

  private static byte[] bytes(byte[] file, Random random) {
    int at = random.nextInt(file.length + 1);
    int end = at + random.nextInt(Math.min(LONGEST_RUN, file.length - at) + 1);
    byte[] run = Arrays.copyOfRange(file, at, end);
    return switch (random.nextInt(5)) {
      case 0 -> replaced(file, at, end, new byte[0]);
      case 1 -> replaced(file, at, at, run);
      case 2 -> Arrays.copyOf(file, at);
      case 3 -> {
        random.nextBytes(run);
        yield replaced(file, at, end, run);
      }
      default -> {
        byte[] flipped = file.clone();
        if (at < file.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
    };
  }

  private static byte[] replaced(byte[] file, int from, int to, byte[] by) {
    return ByteBuffer.allocate(file.length - (to - from) + by.length)
        .put(file, 0, from).put(by).put(file, to, file.length - to).array();
  }

  private static long extreme(Random random) {
    return EXTREMES[random.nextInt(EXTREMES.length)];
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static void change(GraphProto.Builder graph, Random random) {
    if (graph.getNodeCount() == 0 || graph.getInitializerCount() == 0) {
      return;
    }
    int at = random.nextInt(graph.getNodeCount());
    NodeProto.Builder node = graph.getNodeBuilder(at);
    TensorProto.Builder tensor =
        graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    switch (random.nextInt(12)) {
      case 0 -> graph.removeNode(at);
      case 1 -> graph.removeInitializer(random.nextInt(graph.getInitializerCount()));
      case 2 -> node.setOpType(any(OPERATORS, random));
      case 3 -> node.addAttribute(attribute(random));
      case 4 -> {
        if (node.getAttributeCount() > 0) {
          node.setAttribute(random.nextInt(node.getAttributeCount()), attribute(random));
        }
      }
      case 5 -> {
        if (node.getInputCount() > 0) {
          node.setInput(random.nextInt(node.getInputCount()), name(graph, random));
        }
      }
      case 6 -> node.addInput(name(graph, random));
      case 7 -> {
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(random.nextInt(tensor.getDimsCount()), extreme(random));
        }
      }
      case 8 -> tensor.setDataType(random.nextInt(18));
      case 11 -> {
        if (tensor.getFloatDataCount() > 0) {
          tensor.setFloatData(random.nextInt(tensor.getFloatDataCount()),
              FLOATS[random.nextInt(FLOATS.length)]);
        }
      }
      case 9 -> {
        if (tensor.getInt64DataCount() > 0) {
          tensor.setInt64Data(random.nextInt(tensor.getInt64DataCount()), extreme(random));
        }
      }
      default -> graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder()
          .getShapeBuilder().getDimBuilder(random.nextInt(2)).setDimValue(extreme(random));
    }
  }

  private static String name(GraphProto.Builder graph, Random random) {
    NodeProto other = graph.getNode(random.nextInt(graph.getNodeCount()));
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> other.getOutputCount() > 0 ? other.getOutput(0) : "x";
      case 2 -> graph.getInitializer(random.nextInt(graph.getInitializerCount())).getName();
      default -> other.getInputCount() > 0 ? other.getInput(0) : "x";
    };
  }

  private static AttributeProto attribute(Random random) {
    String name = any(ATTRIBUTES, random);
    if (random.nextInt(4) == 0) {
      return AttributeProto.newBuilder().setName(name)
          .setType(AttributeProto.AttributeType.INT).setI(extreme(random)).build();
    }
    int[] list = random.ints(random.nextInt(9), -1, 4).toArray();
    if (list.length > 0 && random.nextInt(3) == 0) {
      list[random.nextInt(list.length)] = (int) extreme(random);
    }
    return ModelBuilder.attribute(name, list);
  }
}
