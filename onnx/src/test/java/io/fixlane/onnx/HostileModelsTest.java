package io.fixlane.onnx;

import static io.fixlane.onnx.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a file holds, it is read or refused in words. The property {@value #FILES} says how many
 * changed files are tried, others each time; without it, the same few are.
 */
class HostileModelsTest {
  private static final String FILES = "fixlane.tests.files";
  private static final int FEW = 400;

  @TempDir
  private Path folder;

  private static ModelBuilder features() {
    ModelBuilder model = new ModelBuilder(13, 1, -1, 4);
    return model.with("Gemm", model.weights(4, 3), model.weights(3)).then("Relu");
  }

  private static ModelBuilder images() {
    ModelBuilder model = new ModelBuilder(13, 1, -1, 3, 6, 6);
    var same = attribute("pads", new int[] {1, 1, 1, 1});
    model.with("Conv", model.weights(4, 3, 3, 3), model.weights(4), same).batchNorm(4);
    String start = model.then("Relu").last();
    String body = model.with("Conv", model.weights(4, 1, 3, 3), same, attribute("group", 4))
        .then("LeakyRelu").last();
    model.node("Add", new String[] {start, body});
    return model.then("MaxPool", attribute("kernel_shape", new int[] {2, 2}),
        attribute("strides", new int[] {2, 2}))
        .with("Pad", model.integers(0, 0, 1, 0, 0, 0, 0, 1))
        .then("AveragePool", attribute("kernel_shape", new int[] {2, 2}))
        .then("Flatten").with("MatMul", model.weights(36, 5)).with("Add", model.weights(5))
        .then("Softmax");
  }

  private static ModelBuilder quantized() {
    ModelBuilder model = new ModelBuilder(13, 1, 1, 3, 6, 6);
    model.quant(0.25f, 5, true);
    model.with("Conv", model.quantWeights(0.25f, 4, 4, 3, 3, 3), model.quantWeights(0.5f, 4, 4),
        attribute("pads", new int[] {1, 1, 1, 1})).batchNorm(4)
        .then("Relu").quant(0.5f, 4, true);
    String start = model.last();
    String body = model.with("Mul", model.quantWeights(0.5f, 4, 4, 1, 1))
        .with("Sub", model.number(0.25f)).quant(0.5f, 4, true).last();
    model.node("Add", new String[] {start, body});
    model.then("Relu").quant(1, 4, false)
        .then("AveragePool", attribute("kernel_shape", new int[] {2, 2})).quant(1, 4, false)
        .then("GlobalAveragePool").quant(0.5f, 5, false).then("Flatten");
    model.node("Trunc", new String[] {model.last(), model.number(0.5f), model.number(0),
      model.number(6), model.number(4)}, attribute("rounding_mode", "FLOOR"));
    return model.in("qonnx.custom_op.general").sign().with("MatMul", model.signs(4, 5))
        .with("Add", model.number(1)).sign();
  }

  private static ModelBuilder linear() {
    LinearModel model = new LinearModel(1, 1, 3, 6, 6).cast(LinearModel.Scale.bytes(0.1f, 3));
    String start = model.builder().last();
    model.with("Conv", model.weights(0, 0.2f, 3, 3, 3, 3), model.bias(3),
        attribute("pads", new int[] {1, 1, 1, 1})).cast(LinearModel.Scale.signed(0.7f, -5));
    model.builder().node("Add", new String[] {start, model.builder().last()});
    model.then("Relu").cast(LinearModel.Scale.bytes(0.3f, 0)).then("GlobalAveragePool")
        .cast(LinearModel.Scale.bytes(0.25f, 0)).then("Flatten")
        .with("MatMul", model.weights(-1, 0.3f, 3, 4)).cast(LinearModel.Scale.bytes(1.5f, 128));
    return model.builder();
  }

  private static ModelBuilder joined() {
    ModelBuilder model = new ModelBuilder(13, 1, 1, 3, 6, 6);
    String start = model.quant(0.25f, 5, true).last();
    model.then("MaxPool", attribute("kernel_shape", new int[] {2, 2}),
        attribute("strides", new int[] {2, 2}))
        .with("Conv", model.quantWeights(0.25f, 4, 4, 3, 1, 1)).batchNorm(4)
        .with("MultiThreshold", model.weights(-3.0, 3.0, 4, 7), attribute("out_scale", 0.5f),
            attribute("out_bias", -1f), attribute("data_layout", "NCHW"),
            attribute("out_dtype", "INT4"))
        .in("qonnx.custom_op.general");
    model.node("Resize", new String[] {model.last(), "", model.numbers(new int[] {4}, 1, 1, 2, 2)},
        attribute("coordinate_transformation_mode", "asymmetric"),
        attribute("nearest_mode", "floor"));
    model.node("Concat", new String[] {start, model.last(), start}, attribute("axis", 1));
    return model.quant(0.5f, 4, true)
        .with("Conv", model.quantWeights(0.25f, 4, 2, 10, 2, 2)).then("Flatten")
        .with("TopK", model.integers(1));
  }

  private void assertRefused(byte[] model, String... texts) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), model);
    assertThatThrownBy(() -> Onnx.readFloat(file)).isInstanceOf(OnnxException.class)
        .message().startsWith(file + ": ").contains(texts);
  }

  private void assertRefused(ModelProto.Builder model, String... texts) throws IOException {
    assertRefused(model.build().toByteArray(), texts);
  }

  @Test
  void whatIsNoModel() throws IOException {
    assertRefused(new byte[0], "has no opset of ONNX's own operators");
    assertRefused(new byte[] {'P', 'K', 3, 4, 5, 6, 7}, "is no ONNX model");
    byte[] good = features().model().build().toByteArray();
    assertRefused(Arrays.copyOf(good, good.length - 9), "is no ONNX model, or a damaged one");
    assertRefused(features().model().clearGraph(), "it has no graph");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 24, 1L << 40, -1})
  void otherOpsets(long opset) throws IOException {
    ModelProto.Builder model = features().model();
    model.getOpsetImportBuilder(0).setVersion(opset);
    assertRefused(model, "opset", "opsets 9 to 23 are read");
  }

  @Test
  void filesThatAreNotThere() {
    assertThatThrownBy(() -> Onnx.readFloat(folder.resolve("none.onnx")))
        .isInstanceOf(IOException.class);
  }

  private void tensor(Consumer<TensorProto.Builder> change, String... texts) throws IOException {
    ModelProto.Builder model = features().model();
    change.accept(model.getGraphBuilder().getInitializerBuilder(0));
    assertRefused(model, texts);
  }

  @Test
  void tensorsThatAreNotWhatTheySay() throws IOException {
    tensor(t -> t.setDims(0, 1L << 40), "tensor 'w0' has the shape [1099511627776, 3]");
    tensor(t -> t.setDims(0, 1 << 30), "it must hold at most 2147483639 numbers");
    tensor(t -> t.setDims(0, -4), "a dimension must lie in 0..2147483647");
    tensor(t -> t.setDims(0, 5), "says that it has 15 numbers, and holds 12");
    tensor(t -> t.clearFloatData().setRawData(ByteString.copyFrom(new byte[47])),
        "says that it has 12 numbers, and holds 11 and a part of one");
    tensor(t -> t.setDataType(8), "has the type STRING: FLOAT, DOUBLE,");
    tensor(t -> t.setDataType(99), "has the type 99: FLOAT, DOUBLE,");
    tensor(t -> t.setFloatData(3, Float.NaN), "node 'Gemm y2' (Gemm): ",
        "'w0' [4, 3] with NaN: numbers must be finite");
    tensor(t -> t.setDataType(7).clearFloatData().addAllInt64Data(
        java.util.Collections.nCopies(12, 1L)), "holds integers: it must hold floats");
  }

  private static void external(TensorProto.Builder tensor, String... entries) {
    tensor.clearFloatData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < entries.length; i += 2) {
      tensor.addExternalData(StringStringEntryProto.newBuilder()
          .setKey(entries[i]).setValue(entries[i + 1]));
    }
  }

  @Test
  void externalData() throws IOException, OnnxException {
    Files.write(folder.resolve("weights.bin"), new byte[64]);
    Files.createDirectories(folder.resolve("in"));
    Path outside = Files.createTempFile("outside", ".bin");
    Files.write(outside, new byte[64]);
    String must = "it must be a file in the folder of the model";
    tensor(t -> external(t, "location", outside.toString()), "tensor 'w0' lies in '", must);
    tensor(t -> external(t, "location", "../" + outside.getFileName()), must);
    tensor(t -> external(t, "location", "in/../../weights.bin"), must);
    tensor(t -> external(t, "location", "none.bin"), must);
    tensor(t -> external(t, "location", "in"), must);
    tensor(t -> external(t, "location", "a\0b"), must);
    tensor(t -> external(t), must);
    tensor(t -> external(t, "location", "weights.bin", "offset", "17"), "has 64 bytes, and it "
        + "needs 48 from 17 on");
    tensor(t -> external(t, "location", "weights.bin", "offset", "-1"), "offset '-1'");
    tensor(t -> external(t, "location", "weights.bin", "length", "64"),
        "says that it has 48 bytes, and that its file holds 64");
    try {
      Files.createSymbolicLink(folder.resolve("link.bin"), outside);
      tensor(t -> external(t, "location", "link.bin"), must);
    } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
      assertThat(Files.exists(folder.resolve("link.bin"))).isFalse();
    }
    Files.delete(outside);
    ModelProto.Builder model = features().model();
    external(model.getGraphBuilder().getInitializerBuilder(0),
        "location", "weights.bin", "offset", "16", "length", "48");
    Path file = Files.write(folder.resolve("good.onnx"), model.build().toByteArray());
    assertThat(Onnx.readFloat(file).parameters()).hasSize(2);
  }

  @Test
  void graphsThatAreNone() throws IOException {
    ModelProto.Builder cycle = features().model();
    cycle.getGraphBuilder().getNodeBuilder(0).setInput(0, cycle.getGraph().getNode(1).getOutput(0));
    assertRefused(cycle, "node 'Gemm y2' (Gemm): it takes '",
        "which only this or a later node gives: a cycle, or nodes out of order");
    ModelProto.Builder missing = features().model();
    missing.getGraphBuilder().removeInitializer(0);
    assertRefused(missing, "it takes 'w0', which is no input, no initializer and no node's result");
    ModelProto.Builder twice = features().model();
    twice.getGraphBuilder().addNode(twice.getGraph().getNode(1));
    assertRefused(twice, "which is there already");
    ModelProto.Builder two = features().model();
    two.getGraphBuilder().addInput(ModelBuilder.value("z", 1, 2));
    assertRefused(two, "the graph has 2 inputs ['x', 'z']: it must have one");
    ModelProto.Builder none = features().model();
    none.getGraphBuilder().clearOutput();
    assertRefused(none, "the graph has 0 outputs: it must have one");
    ModelProto.Builder other = features().model();
    other.getGraphBuilder().getOutputBuilder(0).setName("other");
    assertRefused(other, "the output 'other' is the result of no node");
    ModelProto.Builder unknown = features().model();
    unknown.getGraphBuilder().setInput(0, ModelBuilder.value("x", -1, -1));
    assertRefused(unknown, "the input 'x' has the shape [?, ?]");
    ModelProto.Builder huge = features().model();
    huge.getGraphBuilder().setInput(0, ModelBuilder.value("x", 1, 1 << 20, 1 << 20, 1 << 20));
    assertRefused(huge, "a sample must have at most 2147483639 numbers");
  }

  @Test
  void whatNoLayerComputes() throws IOException {
    assertRefused(features().then("Selu").model(),
        "node 'Selu y4' (Selu): the operator is not read: known are Add, AveragePool, ");
    ModelProto.Builder foreign = features().model();
    foreign.getGraphBuilder().getNodeBuilder(1).setDomain("com.example").clearName();
    assertRefused(foreign, "node 1 (com.example.Relu): only operators of ONNX itself");
    assertRefused(features().then("LeakyRelu", attribute("beta", 1f)).model(),
        "(LeakyRelu): its attribute 'beta' is not read: known are alpha");
    assertRefused(features().then("LeakyRelu", attribute("alpha", 1)).model(),
        "its attribute 'alpha' is of the kind INT: it must be FLOAT");
    ModelBuilder self = features();
    self.node("Add", new String[] {self.last(), self.last()});
    assertRefused(self.model(), "the sum of a value and itself");
    ModelBuilder shared = features();
    String start = shared.last();
    String one = shared.with("MatMul", shared.weights(3, 3)).last();
    String two = shared.with("MatMul", shared.weights(3, 3)).last();
    shared.node("Add", new String[] {one, start});
    shared.node("Add", new String[] {shared.last(), two});
    assertRefused(shared.model(), "a sum whose branches share a Linear");
    ModelBuilder flat = new ModelBuilder(13, 1, -1, 3, 6, 6);
    assertRefused(flat.with("Conv", flat.weights(2, 3, 2, 2)).then("Flatten").model(),
        "is an image flattened channels first");
    ModelBuilder wide = new ModelBuilder(13, 1, -1, 3, 6, 6);
    assertRefused(wide.with("Conv", wide.weights(2, 3, 7, 7)).model(), "its window cannot be: ");
    assertRefused(new ModelBuilder(13, 1, -1, 3, 6, 6).then("AveragePool",
        attribute("kernel_shape", new int[] {2, 2}), attribute("pads", new int[] {1, 1, 1, 1}))
        .model(), "its attribute 'count_include_pad' is 0, and it pads");
  }

  /** A few bytes can ask for a number for each of many channels. */
  @Test
  void manyChannels() throws IOException {
    ModelBuilder model = new ModelBuilder(13, 1, 1, Integer.MAX_VALUE - 9);
    model.quant(1, 4, true).with("Mul", model.number(3));
    Path file = Files.write(folder.resolve("m.onnx"), model.model().build().toByteArray());
    assertThatThrownBy(() -> Onnx.readNetwork(file)).isInstanceOf(OnnxException.class)
        .message().startsWith(file + ": ").contains("memory");
  }

  @Test
  void dropoutsThatTrain() throws IOException {
    String refusal = "its training_mode must be one false";
    for (long[] training : new long[][] {{}, {1}, {0, 0}}) {
      ModelBuilder floats = features();
      assertRefused(dropout(floats, training), refusal);
      ModelBuilder words = new ModelBuilder(13, 1, -1, 4).quant(0.25f, 5, true);
      byte[] file = dropout(words, training).build().toByteArray();
      assertThatThrownBy(() -> Onnx.readNetwork(file, null)).isInstanceOf(OnnxException.class)
          .hasMessageContaining(refusal);
    }
  }

  @Test
  void scalesAlongNoDimension() {
    for (long axis : new long[] {4, -5, Integer.MIN_VALUE, 1L << 32, Long.MIN_VALUE}) {
      ModelProto.Builder model = linear().model();
      for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
        node.getAttributeBuilderList().stream().filter(a -> a.getName().equals("axis"))
            .forEach(a -> a.setI(axis));
      }
      byte[] file = model.build().toByteArray();
      assertThatThrownBy(() -> Onnx.readNetwork(file, null)).isInstanceOf(OnnxException.class)
          .hasMessageContaining("along the dimension " + axis);
    }
  }

  private static ModelProto.Builder dropout(ModelBuilder model, long... training) {
    return model
        .with("Dropout", model.numbers(new int[0], 0.5f), model.integers(training)).model();
  }

  /** Two bytes of a file can ask for an object of a hundred. */
  @Test
  void manySmallParts() throws IOException {
    byte[] nodes = new byte[5_000_002];
    for (int i = 0; i < nodes.length; i += 2) {
      nodes[i] = 0x0a;
    }
    assertRefused(ModelProto.newBuilder().build().toByteString()
        .concat(ByteString.copyFrom(new byte[] {0x3a, (byte) 0xc2, (byte) 0x96, (byte) 0xb1, 2}))
        .concat(ByteString.copyFrom(nodes)).toByteArray(),
        "has more than 1000000 nodes, names and other parts");
  }

  /** Reads a model. */
  @FunctionalInterface
  private interface Reader {
    void read() throws OnnxException;
  }

  /** Returns 1 where a model is read, and 0 where it is refused in words, or neither. */
  private static int read(long seed, List<Throwable> faults, Reader reader) {
    try {
      reader.read();
      return 1;
    } catch (OnnxException e) {
      assertThat(e).as("seed %d", seed).message().startsWith("the bytes: ");
    } catch (RuntimeException | Error e) {
      faults.add(new AssertionError("seed " + seed + ": " + e + " at " + e.getStackTrace()[0], e));
    }
    return 0;
  }

  @Test
  @Tag("property")
  void changedFiles() throws IOException {
    byte[][] good = {features().model().build().toByteArray(),
      images().model().build().toByteArray(), quantized().model().build().toByteArray(),
      linear().model().build().toByteArray(), joined().model().build().toByteArray()};
    Integer more = Integer.getInteger(FILES);
    int files = more == null ? FEW : more;
    long first = more == null ? 0 : System.nanoTime();
    int read = 0;
    List<Throwable> faults = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      Random random = new Random(first + i);
      byte[] model = ModelMutation.of(good[random.nextInt(good.length)], random);
      read += read(first + i, faults, () -> Onnx.readFloat(model));
      read += read(first + i, faults, () -> Onnx.readNetwork(model, null));
      read += read(first + i, faults, () -> Onnx.readNetwork(model, FixedFormat.signed(8, 4)));
    }
    System.out.println(
        files + " models, seeds from " + first + ": " + read + " were read, as floats or words");
    assertThat(faults).isEmpty();
    assertThat(read).isBetween(1, 3 * files - 1);
  }
}
