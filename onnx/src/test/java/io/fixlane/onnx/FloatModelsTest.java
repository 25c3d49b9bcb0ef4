package io.fixlane.onnx;

import static io.fixlane.onnx.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of floats give the numbers of ONNX Runtime when their layers compute them. */
class FloatModelsTest {
  private static ModelBuilder features(int count) {
    return new ModelBuilder(13, 1, -1, count);
  }

  private static ModelBuilder image(int opset, int channels, int rows, int columns) {
    return new ModelBuilder(opset, 1, -1, channels, rows, columns);
  }

  private static List<Class<?>> kinds(Sequential network) {
    return network.layers().values().stream().<Class<?>>map(Object::getClass).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 11, 13, 17, 21, 23})
  void gemmAndRelu(int opset) throws Exception {
    ModelBuilder model = new ModelBuilder(opset, 1, -1, 6);
    model.with("Gemm", model.weights(6, 5), model.weights(5)).then("Relu")
        .with("Gemm", model.weights(4, 5), model.weights(1, 4), attribute("transB", 1),
            attribute("alpha", 0.5f), attribute("beta", 2f))
        .then("Softmax", attribute("axis", 1));
    assertThat(kinds(Judge.same(model.model().build())))
        .containsExactly(Flatten.class, Linear.class, ReLU.class, Linear.class);
  }

  @Test
  void matMulAndAdd() throws Exception {
    ModelBuilder model = features(6);
    model.with("MatMul", model.weights(6, 5)).then("Sigmoid")
        .with("MatMul", model.weights(5, 3));
    model.node("Add", new String[] {model.weights(3), model.last()});
    model.then("Tanh").with("MatMul", model.weights(3, 2)).then("LeakyRelu");
    Sequential network = Judge.same(model.model().build());
    assertThat(network.layers()).hasSize(7);
    assertThat(network.layers().keySet()).startsWith("flatten1", "linear1", "sigmoid1", "linear2");
  }

  static Stream<ModelBuilder> convolutions() {
    return Stream.of(
        conv(3, 4, 1, attribute("pads", new int[] {1, 0, 2, 1})),
        conv(3, 4, 1, attribute("auto_pad", "SAME_UPPER"), attribute("strides", new int[] {2, 3})),
        conv(3, 4, 1, attribute("auto_pad", "SAME_LOWER"), attribute("strides", new int[] {2, 2})),
        conv(3, 4, 1, attribute("auto_pad", "VALID")),
        conv(4, 6, 2, attribute("dilations", new int[] {2, 1})),
        conv(4, 8, 4, attribute("kernel_shape", new int[] {3, 2})),
        conv(4, 4, 4, attribute("pads", new int[] {1, 1, 1, 1})),
        conv(1, 4, 1));
  }

  private static ModelBuilder conv(
      int channels, int outputs, int groups, AttributeProto... attributes) {
    ModelBuilder model = image(11, channels, 7, 9);
    var all = Stream.concat(Stream.of(attributes), Stream.of(attribute("group", groups)))
        .toArray(AttributeProto[]::new);
    return model.with("Conv", model.weights(outputs, channels / groups, 3, 2),
        model.weights(outputs), all);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void conv(ModelBuilder model) throws Exception {
    Judge.sameChannelsFirst(model.model().build());
    model.batchNorm(model.graph().getInitializer(1).getDimsList().getFirst().intValue())
        .then("Relu");
    Judge.sameChannelsFirst(model.model().build());
  }

  @Test
  void depthwiseConvolutionsAreLayersOfTheirOwn() throws Exception {
    assertThat(kinds(Judge.sameChannelsFirst(
        conv(4, 4, 4, attribute("pads", new int[] {1, 1, 1, 1})).model().build())))
        .containsExactly(DepthwiseConv2d.class);
  }

  @Test
  void convOfSequences() throws Exception {
    ModelBuilder model = new ModelBuilder(13, 1, -1, 3, 20);
    model.with("Conv", model.weights(5, 3, 4), model.weights(5),
        attribute("pads", new int[] {1, 2}), attribute("strides", new int[] {2}))
        .batchNorm(5).then("Relu")
        .then("MaxPool", attribute("kernel_shape", new int[] {2}),
            attribute("strides", new int[] {2}))
        .then("AveragePool", attribute("kernel_shape", new int[] {2}))
        .then("Flatten")
        .with("Gemm", model.weights(20, 4), model.weights(4));
    Judge.sameChannelsFirst(model.model().build());
  }

  static Stream<ModelBuilder> poolings() {
    var kernel = attribute("kernel_shape", new int[] {3, 2});
    var pads = attribute("pads", new int[] {1, 0, 2, 1});
    var strides = attribute("strides", new int[] {2, 3});
    return Stream.of(
        image(12, 2, 8, 9).then("MaxPool", kernel),
        image(12, 2, 8, 9).then("MaxPool", kernel, pads, strides),
        image(12, 2, 8, 9).then("MaxPool", kernel, pads, strides, attribute("ceil_mode", 1)),
        image(12, 2, 8, 9).then("MaxPool", kernel, attribute("auto_pad", "SAME_UPPER")),
        image(12, 2, 8, 9).then("AveragePool", kernel, strides),
        image(19, 2, 8, 9).then("AveragePool", kernel, strides, attribute("ceil_mode", 1)),
        image(12, 2, 8, 9).then(
            "AveragePool", kernel, strides, pads, attribute("count_include_pad", 1)),
        image(12, 2, 8, 9).then("GlobalAveragePool"),
        image(12, 2, 8, 9).then("GlobalAveragePool").then("Flatten"),
        image(12, 2, 8, 9).then("ReduceMean", attribute("axes", new int[] {2, 3}),
            attribute("keepdims", 0)),
        image(12, 2, 8, 9).then("ReduceMean", attribute("axes", new int[] {-1, -2})));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void pooling(ModelBuilder model) throws Exception {
    Judge.sameChannelsFirst(model.model().build());
  }

  @Test
  void flattenedChannelsFirst() throws Exception {
    ModelBuilder model = image(13, 3, 5, 4);
    model.with("Conv", model.weights(2, 3, 2, 2)).with("Add", model.weights(2, 1, 1))
        .then("Flatten").batchNorm(24).then("Relu")
        .with("MatMul", model.weights(24, 7)).with("Add", model.weights(7));
    assertThat(kinds(Judge.sameChannelsFirst(model.model().build()))).containsExactly(
        FloatConv2d.class, Flatten.class, BatchNorm2d.class, ReLU.class, Linear.class);
  }

  @Test
  void imagesWhoseChannelsComeLast() throws Exception {
    ModelBuilder model = new ModelBuilder(13, 1, -1, 6, 5, 3);
    model.then("Transpose", attribute("perm", new int[] {0, 3, 1, 2}))
        .with("Conv", model.weights(2, 3, 2, 2), model.weights(2))
        .then("Transpose", attribute("perm", new int[] {0, 2, 3, 1})).then("Relu")
        .with("Reshape", model.integers(-1, 40))
        .with("Gemm", model.weights(40, 4), model.weights(4));
    Judge.same(model.model().build());
  }

  @Test
  void reshapesAndSqueezesThatFlatten() throws Exception {
    ModelBuilder model = image(13, 3, 6, 6);
    model.with("Conv", model.weights(4, 3, 6, 6)).with("Squeeze", model.integers(2, 3))
        .with("Gemm", model.weights(4, 5), model.weights(5))
        .with("Reshape", model.integers(0, -1));
    Judge.sameChannelsFirst(model.model().build());
    ModelBuilder sequence = new ModelBuilder(11, 1, -1, 12, 2);
    sequence.then("Transpose", attribute("perm", new int[] {0, 2, 1}))
        .then("Unsqueeze", attribute("axes", new int[] {2}))
        .with("Conv", sequence.weights(3, 2, 1, 4))
        .then("Squeeze", attribute("axes", new int[] {2}))
        .then("Transpose", attribute("perm", new int[] {0, 2, 1})).then("Flatten")
        .with("Gemm", sequence.weights(27, 2), sequence.weights(2));
    Judge.same(sequence.model().build());
  }

  @Test
  void padsGoIntoTheNextWindow() throws Exception {
    ModelBuilder model = image(13, 2, 6, 5);
    model.with("Pad", model.integers(0, 0, 1, 0, 0, 0, 2, 3))
        .with("Conv", model.weights(4, 2, 3, 3), model.weights(4),
            attribute("pads", new int[] {1, 1, 0, 0}))
        .with("Pad", model.integers(0, 0, 1, 1, 0, 0, 1, 0), model.number(0))
        .then("AveragePool", attribute("kernel_shape", new int[] {3, 2}));
    Judge.sameChannelsFirst(model.model().build());
  }

  @Test
  void sumsAreBlocks() throws Exception {
    ModelBuilder model = image(13, 3, 6, 6);
    model.with("Conv", model.weights(4, 3, 3, 3), model.weights(4)).batchNorm(4).then("Relu");
    String start = model.last();
    var same = attribute("pads", new int[] {1, 1, 1, 1});
    model.with("Conv", model.weights(4, 4, 3, 3), same).batchNorm(4).then("Relu")
        .with("Conv", model.weights(4, 4, 3, 3), same);
    String body = model.last();
    model.node("Add", new String[] {start, body});
    String second = model.then("Relu").last();
    String one = model.with("Conv", model.weights(2, 4, 1, 1)).last();
    String other = model.from(second).with("Conv", model.weights(2, 4, 3, 3), same).last();
    model.node("Add", new String[] {one, other});
    model.then("Relu").then("GlobalAveragePool").then("Flatten")
        .with("Gemm", model.weights(2, 3), model.weights(3));
    Sequential network = Judge.sameChannelsFirst(model.model().build());
    assertThat(kinds(network)).filteredOn(Residual.class::equals).hasSize(2);
  }

  @Test
  void blocksInBlocks() throws Exception {
    ModelBuilder model = features(5);
    String start = model.with("MatMul", model.weights(5, 5)).last();
    String first = model.with("MatMul", model.weights(5, 5)).then("Relu").last();
    String inner = model.with("MatMul", model.weights(5, 5)).last();
    model.node("Add", new String[] {first, inner});
    model.node("Add", new String[] {model.last(), start});
    Judge.same(model.model().build());
  }

  @Test
  void whatTrainsAndWhatDoesNothingIsLeftOut() throws Exception {
    ModelBuilder model = features(4);
    String constant = model.node("Constant", new String[0], attribute("value",
        TensorProto.newBuilder().setDataType(1).addDims(4).addDims(1)
            .addFloatData(1).addFloatData(2).addFloatData(3).addFloatData(-4).build()));
    model.from("x").then("Identity").then("Dropout").with("MatMul", constant);
    assertThat(kinds(Judge.same(model.model().build())))
        .containsExactly(Flatten.class, Linear.class);
  }
}
