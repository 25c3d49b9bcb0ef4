package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.onnx.model.ModelFile;
import io.fixlane.onnx.read.FloatReader;
import io.fixlane.tensor.FixedTensor;
import io.fixlane.tensor.npy.NpyArray;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models by others, written by other tools. The property {@value #MODELS} names a folder of more:
 * each of them is refused in words, or gives the numbers of ONNX Runtime; those of quantized
 * numbers the words of doubles.
 */
class OthersModelsTest {
  private static final String MODELS = "fixlane.tests.models";

  @ParameterizedTest
  @ValueSource(strings = {"residual_block_clean.onnx"})
  void kept(String name) throws Exception {
    try (var in = OthersModelsTest.class.getResourceAsStream("models/" + name)) {
      Judge.same(Objects.requireNonNull(in).readAllBytes(), true);
    }
  }

  @Test
  void floatsOfFewBitsAreRefused() throws Exception {
    try (var in = OthersModelsTest.class.getResourceAsStream("models/qonnx_act_weight_fp8.onnx")) {
      byte[] model = Objects.requireNonNull(in).readAllBytes();
      assertThatThrownBy(() -> Onnx.readNetwork(model, null)).isInstanceOf(OnnxException.class)
          .hasMessage("the bytes: node '/input_quant/export_handler/FloatQuant' "
              + "(onnx.brevitas.FloatQuant): its numbers are floats: they have no format");
    }
  }

  /** Reads a model of quantized numbers, whose words must be those of doubles. */
  private static String quantized(byte[] bytes) throws Exception {
    ModelProto model = ModelProto.parseFrom(bytes);
    FixedFormat format = null;
    QuantizedNetwork read;
    try {
      read = Onnx.readNetwork(bytes, null);
    } catch (OnnxException e) {
      if (!String.valueOf(e.getMessage()).contains("--input-format")) {
        return e.getMessage();
      }
      format = FixedFormat.parse("ap_fixed<8,2>");
      try {
        read = Onnx.readNetwork(bytes, format);
      } catch (OnnxException again) {
        return e.getMessage() + "; with " + format + " " + again.getMessage();
      }
    }
    String output = model.getGraph().getOutput(0).getName();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (read.notes().stream().anyMatch(n -> n.contains("node '" + node.getName() + "' ("))) {
        output = node.getInput(0);
      }
    }
    int samples = read.network().inputShape().length == 3 ? 1 : 500;
    QuantJudge.same(model, format, samples, output);
    WrittenNetworksTest.assertSame(read.network(), QuantJudge.words(read.network(), 1));
    return "the same words: " + read.network() + read.notes();
  }

  private static boolean isQuantized(byte[] model) throws Exception {
    return ModelProto.parseFrom(model).getGraph().getNodeList().stream()
        .anyMatch(node -> node.getOpType()
            .matches(".*Quant|Trunc|QuantizeLinear|QLinear.*|MultiThreshold"));
  }

  @Test
  void more() throws Exception {
    String folder = System.getProperty(MODELS, "");
    List<String> all = new ArrayList<>();
    for (Path file : folder.isEmpty() ? List.<Path>of() : files(folder)) {
      byte[] model = Files.readAllBytes(file);
      if (isQuantized(model)) {
        all.add(file.getFileName() + ": " + quantized(model));
        continue;
      }
      try {
        FloatReader.read(ModelFile.read(model));
      } catch (OnnxException e) {
        all.add(file.getFileName() + ": " + e.getMessage());
        continue;
      }
      boolean last = file.getFileName().toString().contains("keras");
      all.add(file.getFileName() + ": " + Judge.same(model, !last).layers().keySet());
    }
    all.forEach(System.out::println);
    assertThat(all).isNotNull();
  }

  /**
   * Folders of that folder that hold a {@code model.onnx}, an {@code input.npy} and the classes of
   * its samples in {@code expected_output.npy}, as FINN's {@code
   * src/finn/qnn-data/build_dataflow} does, github.com/Xilinx/finn.
   */
  @Test
  void classesAreThoseOfOthers() throws Exception {
    String folder = System.getProperty(MODELS, "");
    if (folder.isEmpty()) {
      return;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(folder))) {
      for (Path one : stream) {
        if (Files.exists(one.resolve("expected_output.npy"))) {
          Network network = Onnx.readNetwork(one.resolve("model.onnx")).network();
          NpyArray input = NpyArray.read(one.resolve("input.npy"));
          int[] shape = network.inputShape();
          FixedTensor words = input.quantize(network.inputFormat())
              .reshape(input.shape()[0], shape[0], shape[1], shape[2]);
          assertThat(Arrays.stream(network.classify(words)).asDoubleStream().toArray())
              .isEqualTo(NpyArray.read(one.resolve("expected_output.npy")).doubles());
          System.out.println(one.getFileName() + ": the classes expected of "
              + input.shape()[0] + " samples, " + network);
        }
      }
    }
  }

  private static List<Path> files(String folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(folder), "*.onnx")) {
      stream.forEach(files::add);
    }
    files.sort(null);
    return files;
  }
}
