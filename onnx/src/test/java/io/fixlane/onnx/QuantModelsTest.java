package io.fixlane.onnx;

import static io.fixlane.onnx.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.UnaryLayer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of quantized numbers give the same words as networks of integers. */
class QuantModelsTest {
  private static final int SAMPLES = 60;

  private static ModelBuilder features(int count) {
    return new ModelBuilder(13, 1, 1, count);
  }

  private static ModelBuilder image(int channels, int rows, int columns) {
    return new ModelBuilder(13, 1, 1, channels, rows, columns);
  }

  private static QuantizedNetwork same(ModelBuilder model) throws Exception {
    return QuantJudge.same(model.model().build(), null, SAMPLES, model.last());
  }

  private static QuantizedNetwork same(ModelBuilder model, String format) throws Exception {
    return QuantJudge.same(
        model.model().build(), FixedFormat.parse(format), SAMPLES, model.last());
  }

  private static List<Class<?>> kinds(QuantizedNetwork read) {
    return read.network().layers().stream().<Class<?>>map(Layer::getClass).toList();
  }

  private static void assertRefused(ModelBuilder model, String... texts) {
    assertThatThrownBy(() -> Onnx.readNetwork(model.model().build().toByteArray(), null))
        .isInstanceOf(OnnxException.class).message().contains(texts);
  }

  @ParameterizedTest
  @CsvSource({"ROUND, AP_RND_CONV", "half_even, AP_RND_CONV", "FLOOR, AP_TRN", "DOWN, AP_TRN_ZERO",
    "HALF_UP, AP_RND_INF", "HALF_DOWN, AP_RND_ZERO"})
  void roundings(String mode, String quantization) throws Exception {
    ModelBuilder model = features(40);
    model.quant("x", 0.125f, 7, true, false, mode);
    model.quant(model.last(), 0.5f, 4, true, true, mode);
    QuantizedNetwork read = QuantJudge.same(model.model().build(),
        FixedFormat.parse("ap_fixed<9,4>"), SAMPLES, model.last());
    assertThat(read.network().resultFormat())
        .hasToString("ap_fixed<4,3," + quantization + ",AP_SAT_SYM>");
    assertThat(Onnx.readNetwork(model.model().build().toByteArray(), null).network().inputFormat())
        .hasToString("ap_fixed<7,4," + quantization + ",AP_SAT>");
  }

  @Test
  void halfAStepMakesRoundingsOfFloorsAndCeilings() throws Exception {
    ModelBuilder up = features(30);
    up.with("Add", up.number(0.25f));
    up.quant(up.last(), 0.5f, 5, true, false, "FLOOR");
    assertThat(same(up, "ap_fixed<9,4>").network().resultFormat())
        .hasToString("ap_fixed<5,4,AP_RND,AP_SAT>");
    ModelBuilder down = features(30);
    down.with("Sub", down.number(0.25f));
    down.quant(down.last(), 0.5f, 5, false, false, "CEIL");
    assertThat(same(down, "ap_fixed<9,4>").network().resultFormat())
        .hasToString("ap_ufixed<5,4,AP_RND_MIN_INF,AP_SAT>");
    ModelBuilder other = features(30);
    other.with("Add", other.number(0.125f));
    other.quant(other.last(), 0.5f, 5, true, false, "FLOOR");
    assertThat(kinds(same(other, "ap_fixed<9,4>"))).containsExactly(ScaleAndShiftLayer.class);
    ModelBuilder ceil = features(3);
    ceil.quant("x", 0.5f, 5, false, false, "CEIL");
    assertRefused(ceil, "its attribute 'rounding_mode' is 'CEIL', which no format has");
  }

  @Test
  void perceptron() throws Exception {
    ModelBuilder model = features(20);
    model.quant(0.0625f, 6, true);
    model.with("MatMul", model.quantWeights(0.125f, 4, 20, 12))
        .with("Add", model.quantWeights(0.25f, 5, 12)).then("Relu").quant(0.5f, 4, false);
    String weights = model.quantWeights(0.25f, 3, 5, 12);
    String before = model.last();
    model.node("Transpose", new String[] {weights}, attribute("perm", new int[] {1, 0}));
    String turned = model.last();
    model.from(before).with("MatMul", turned).then("Softmax", attribute("axis", 1));
    QuantizedNetwork read = same(model);
    assertThat(kinds(read)).containsExactly(DenseLayer.class, DenseLayer.class);
    assertThat(read.notes()).singleElement().asString().contains("(Softmax)");
  }

  @Test
  void gemmWithScalesOfItsOutputs() throws Exception {
    ModelBuilder model = features(10).quant(0.5f, 5, true);
    String start = model.last();
    model.node("IntQuant", new String[] {model.weights(-2.0, 2.0, 4, 10),
      model.numbers(new int[] {4, 1}, 0.5f, 0.125f, 1, 0.0625f), model.number(0), model.number(4)},
        attribute("signed", 1), attribute("narrow", 0));
    model.in("onnx.brevitas");
    String weights = model.last();
    model.from(start).with("Gemm", weights, model.quantWeights(0.25f, 4, 4),
        attribute("transB", 1));
    assertThat(same(model).network().resultFormat().fractionBits()).isEqualTo(5);
  }

  @Test
  void convolutions() throws Exception {
    ModelBuilder model = image(3, 9, 8);
    model.quant(0.125f, 5, true)
        .with("Conv", model.quantWeights(0.25f, 4, 6, 3, 3, 2), model.quantWeights(0.5f, 4, 6),
            attribute("pads", new int[] {1, 0, 2, 1}), attribute("strides", new int[] {2, 1}))
        .then("LeakyRelu", attribute("alpha", 0.1015625f)).quant(0.25f, 6, true)
        .with("Conv", model.quantWeights(0.25f, 3, 12, 1, 2, 2), attribute("group", 6))
        .then("Relu").quant(1, 4, false)
        .then("MaxPool", attribute("kernel_shape", new int[] {2, 2}))
        .then("AveragePool", attribute("kernel_shape", new int[] {2, 3}),
            attribute("pads", new int[] {1, 0, 0, 1}))
        .quant(0.5f, 4, false)
        .then("Flatten").with("MatMul", model.quantWeights(0.25f, 3, 12 * 3 * 5, 4));
    assertThat(kinds(same(model))).containsExactly(ConvLayer.class, UnaryLayer.class,
        ConvLayer.class, PoolLayer.class, PoolLayer.class, FlattenLayer.class, DenseLayer.class);
  }

  @Test
  void blocksAndAverages() throws Exception {
    ModelBuilder model = image(4, 6, 6).quant(0.25f, 5, true);
    String start = model.last();
    String body = model.with("Conv", model.quantWeights(0.25f, 3, 4, 4, 3, 3),
        attribute("pads", new int[] {1, 1, 1, 1})).quant(0.5f, 5, true).last();
    model.node("Add", new String[] {start, body});
    model.then("Relu").quant(0.5f, 5, false).then("GlobalAveragePool").quant(0.125f, 6, false)
        .then("Flatten").with("MatMul", model.quantWeights(0.5f, 4, 4, 3));
    assertThat(kinds(same(model))).containsExactly(
        ResidualLayer.class, GlobalAverageLayer.class, DenseLayer.class);
  }

  @Test
  void imagesWhoseChannelsComeLast() throws Exception {
    String domain = "qonnx.custom_op.channels_last";
    ModelBuilder model = new ModelBuilder(13, 1, 1, 7, 8, 3);
    model.quant(0.125f, 5, true)
        .with("Conv", model.quantWeights(0.25f, 4, 5, 3, 2, 3), model.quantWeights(0.5f, 4, 5),
            attribute("pads", new int[] {1, 0, 0, 1}))
        .in(domain).then("Relu").quant(0.5f, 4, false)
        .then("MaxPool", attribute("kernel_shape", new int[] {2, 2}),
            attribute("strides", new int[] {2, 2}))
        .in(domain)
        .with("Mul", model.quantWeights(0.5f, 3, 5)).quant(0.25f, 5, true)
        .then("AveragePool", attribute("kernel_shape", new int[] {2, 2})).in(domain)
        .quant(0.25f, 5, true);
    assertThat(kinds(same(model))).containsExactly(ConvLayer.class, PoolLayer.class,
        ScaleAndShiftLayer.class, PoolLayer.class);
  }

  @Test
  void signs() throws Exception {
    ModelBuilder model = features(30).sign();
    model.with("MatMul", model.signs(30, 20)).with("Add", model.weights(-3.0, 3.0, 20)).sign()
        .with("MatMul", model.signs(20, 16)).quant(2, 3, true)
        .with("MatMul", model.signs(16, 9)).sign()
        .with("MatMul", model.quantWeights(0.5f, 3, 9, 4));
    assertThat(kinds(same(model))).containsExactly(BinaryDenseLayer.class, BinaryDenseLayer.class,
        DenseLayer.class, ScaleAndShiftLayer.class, DenseLayer.class);
    ModelBuilder image = image(2, 5, 5).quant(0.5f, 4, true).sign();
    image.with("Conv", image.signs(6, 2, 3, 3), attribute("pads", new int[] {1, 1, 1, 1})).sign()
        .then("MaxPool", attribute("kernel_shape", new int[] {2, 2}))
        .with("Conv", image.signs(3, 6, 2, 2)).quant(2, 4, true);
    assertThat(kinds(same(image))).containsExactly(
        BinaryConvLayer.class, PoolLayer.class, BinaryConvLayer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOOR", "ROUND", "DOWN"})
  void truncations(String mode) throws Exception {
    ModelBuilder model = features(20);
    model.node("Trunc", new String[] {"x", model.number(0.5f), model.number(0), model.number(8),
      model.number(5)}, attribute("rounding_mode", mode));
    model.in("qonnx.custom_op.general");
    same(model, "ap_fixed<9,6>");
    ModelBuilder second = features(20);
    second.node("Trunc", new String[] {"x", second.number(0.25f), second.number(0),
      second.number(8), second.number(2), second.number(4)}, attribute("rounding_mode", mode),
        attribute("signed", 0));
    second.in("qonnx.custom_op.general");
    assertThat(same(second, "ap_fixed<9,6>").network().resultFormat())
        .hasToString("ap_ufixed<4,5," + (mode.equals("FLOOR")
            ? "AP_TRN"
            : mode.equals("ROUND") ? "AP_RND_CONV" : "AP_TRN_ZERO") + ",AP_SAT>");
  }

  @Test
  void chainsOfConstants() throws Exception {
    ModelBuilder model = new ModelBuilder(9, 1, 1, 1, 5, 6);
    String shape = model.then("Shape").last();
    model.node("Gather", new String[] {shape, model.numbers(new int[0], 0)});
    model.graph().getInitializerBuilder(0).setDataType(7).clearFloatData().addInt64Data(0);
    model.then("Unsqueeze", attribute("axes", new int[] {0}));
    model.node("Concat", new String[] {model.last(), model.integers(-1)}, attribute("axis", 0));
    String target = model.last();
    model.from("x").with("Reshape", target).with("Mul", model.number(2))
        .with("Sub", model.number(1)).quant(1, 2, true)
        .with("MatMul", model.signs(30, 8)).with("Sub", model.number(0.8183874f))
        .with("Div", model.number(18.338533f)).with("Mul", model.number(0.7614369f));
    String end = model.last();
    String sums = model.graph().getNode(model.graph().getNodeCount() - 3).getOutput(0);
    QuantizedNetwork read = QuantJudge.same(
        model.from(end).model().build(), FixedFormat.parse("ap_ufixed<8,0>"), SAMPLES, sums);
    assertThat(read.notes()).singleElement().asString().contains("(Div)", "in floats");
    assertThat(kinds(read)).containsExactly(
        FlattenLayer.class, ScaleAndShiftLayer.class, DenseLayer.class);
    assertRefused(model, "'x' comes to it, which no Quant casts: --input-format must say",
        "'ap_fixed<16,6>'");
  }

  @Test
  void whatHasNoFormat() {
    ModelBuilder narrow = features(3);
    narrow.quant("x", 1, 4, false, true, "ROUND");
    assertRefused(narrow, "(qonnx.custom_op.general.Quant): it is unsigned and narrow");
    ModelBuilder up = features(3);
    up.quant("x", 1, 4, true, false, "UP");
    assertRefused(up, "its attribute 'rounding_mode' is 'UP'");
    ModelBuilder floats = features(3);
    floats.then("FloatQuant").in("qonnx.custom_op.general");
    assertRefused(floats, "node 'FloatQuant y0' (qonnx.custom_op.general.FloatQuant): its numbers");
    ModelBuilder chain = features(3).quant(1, 4, true);
    chain.with("MatMul", chain.quantWeights(1, 3, 3, 2)).batchNorm(2)
        .with("MatMul", chain.quantWeights(1, 3, 2, 2));
    assertRefused(chain, "(BatchNormalization): its numbers are no products or sums of binary "
        + "fractions", "only a Quant may take them");
    ModelBuilder unsaid = features(3);
    unsaid.node("Quant", new String[] {"x", unsaid.number(1), unsaid.number(0), unsaid.number(4)},
        attribute("signed", 1));
    assertRefused(unsaid, "it has no attribute 'narrow': it must say it");
    ModelBuilder half = features(3);
    half.node("Quant", new String[] {"x", half.number(1), half.number(0), half.number(4.5f)},
        attribute("signed", 1), attribute("narrow", 0));
    assertRefused(half, "its bit width is 4.5: it must be one integer in 1..64");
    ModelBuilder zero = features(3);
    zero.node("Quant", new String[] {"x", zero.number(1), zero.number(3), zero.number(4)},
        attribute("signed", 1), attribute("narrow", 0));
    assertRefused(zero, "its zero point is 3.0");
    ModelBuilder negative = features(3);
    negative.quant("x", -1, 4, true, false, "ROUND");
    assertRefused(negative, "its scale is -1.0: it must be positive and finite");
    ModelBuilder average = image(1, 4, 4).quant(1, 4, true);
    average.then("AveragePool", attribute("kernel_shape", new int[] {3, 3})).then("Relu");
    assertRefused(average, "it takes an average, or a sum of two scales, which is no word");
    assertRefused(average.from(average.last()), "(Relu)");
  }

  @Test
  void wideSumsMustBeCast() {
    ModelBuilder model = features(3).quant(1, 30, true);
    model.with("MatMul", model.quantWeights(1, 30, 3, 3))
        .with("MatMul", model.quantWeights(1, 30, 3, 3));
    assertRefused(model, "exact numbers take 91 bits there",
        "be cast by a Quant before they are more");
  }
}
