package io.fixlane.cli.train;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.Sequential;
import java.util.ArrayList;
import java.util.List;

/** A perceptron as the ONNX model that another tool would write. */
public final class FloatModel {
  private FloatModel() {}

  /**
   * Returns a model.
   *
   * @param floats a perceptron of one hidden layer, for images of 8 x 8
   * @param classes how many classes it has
   * @param activation the operator of its hidden layer
   */
  public static byte[] of(Sequential floats, int classes, String activation) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("digits")
        .addInput(value("x", 1, 1, 8, 8)).addOutput(value("y", 1, classes))
        .addNode(node("Flatten", "x", "flat").build());
    List<Tensor> parameters = new ArrayList<>(floats.parameters().values());
    for (int i = 0; i < parameters.size(); i++) {
      TensorProto.Builder tensor = TensorProto.newBuilder().setName("p" + i).setDataType(1);
      for (int dimension : parameters.get(i).shape()) {
        tensor.addDims(dimension);
      }
      for (float number : parameters.get(i).data()) {
        tensor.addFloatData(number);
      }
      graph.addInitializer(tensor);
    }
    graph.addNode(node("Gemm", "flat", "hidden").addInput("p0").addInput("p1"))
        .addNode(node(activation, "hidden", "active"))
        .addNode(node("Gemm", "active", "logits").addInput("p2").addInput("p3"))
        .addNode(node("Softmax", "logits", "y").addAttribute(AttributeProto.newBuilder()
            .setName("axis").setType(AttributeProto.AttributeType.INT).setI(1)));
    ModelProto.Builder file = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    file.addOpsetImportBuilder().setVersion(13);
    return file.build().toByteArray();
  }

  private static NodeProto.Builder node(String operator, String input, String output) {
    return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output);
  }

  private static ValueInfoProto value(String name, long... shape) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    value.getTypeBuilder().getTensorTypeBuilder().setElemType(1);
    for (long size : shape) {
      value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().addDimBuilder()
          .setDimValue(size);
    }
    return value.build();
  }
}
