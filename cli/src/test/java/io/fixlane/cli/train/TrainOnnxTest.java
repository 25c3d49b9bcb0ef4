package io.fixlane.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.cli.Run;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane train --onnx}: a model that others have trained in float. */
class TrainOnnxTest {
  @TempDir
  private static Path folder;

  private static Path model;

  @BeforeAll
  static void trainInFloat() throws Exception {
    Sequential floats = Model.MLP.build(new int[] {8, 8, 1}, 10, 1);
    new Trainer(floats, new Adam(ParameterGroup.of(floats.parameters(), 0.003f)),
        TrainingPlan.ofEpochs(4).withBatchSize(32)).train(Digits.readSplit());
    model = write("digits.onnx", floats, 10, "Relu");
  }

  private static Path write(String name, Sequential floats, int classes, String activation)
      throws IOException {
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
    return Files.write(folder.resolve(name), file.build().toByteArray());
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

  @Test
  void isCalibratedAndTrainedOnWithoutFloatTraining() throws IOException {
    Path out = folder.resolve("network.fxn");
    Path checkpoint = folder.resolve("checkpoint");
    Run run = Run.of("train", "--onnx", model.toString(), "--bits", "6", "--epochs", "2",
        "--checkpoint", checkpoint.toString(), "--out", out.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(model + ": 6-bit words, binary points learned; 2 epochs")
        .containsPattern("float +9\\d\\.\\d\\d %").containsPattern("QFX +9\\d\\.\\d\\d %")
        .contains("the same words as the training network on 359 of 359 test images");
    assertThat(Network.load(out).resultShape()).containsExactly(10);
    assertThat(folder.resolve("checkpoint.float")).doesNotExist();
    assertThat(folder.resolve("checkpoint.qfx")).exists();
  }

  private static void assertRefused(String text, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--epochs", "1", "--subset", "32"));
    args.addAll(List.of(more));
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("fixlane: ").contains(text).doesNotContain("\tat ");
  }

  @Test
  void mistakes() throws IOException {
    String file = model.toString();
    assertRefused("--onnx is " + file + ", and --model is given", "--onnx", file, "--model",
        "mlp");
    assertRefused("--out is " + file + ": it is the file of --onnx too", "--onnx", file,
        "--out", file);
    assertRefused("cannot be read", "--onnx", folder.resolve("none.onnx").toString());
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertRefused("--onnx is " + text + ": is no ONNX model", "--onnx", text.toString());
    Sequential other = Model.MLP.build(new int[] {8, 8, 1}, 7, 1);
    assertRefused("it must give a number for each of the 10 classes of --data", "--onnx",
        write("seven.onnx", other, 7, "Relu").toString());
    assertRefused("words of it can have 16 bits, and are to have 17", "--bits", "17", "--onnx",
        write("sigmoid.onnx", other, 7, "Sigmoid").toString());
    Sequential large = Model.MLP.build(new int[] {8, 9, 1}, 10, 1);
    assertRefused("(Gemm): its weights are 'p0' [72, 64]", "--onnx",
        write("large.onnx", large, 10, "Relu").toString());
  }
}
