package io.fixlane.onnx;

import static io.fixlane.onnx.LinearModel.Scale.bytes;
import static io.fixlane.onnx.LinearModel.Scale.signed;
import static io.fixlane.onnx.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.fixlane.network.Network;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.onnx.LinearModel.Scale;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Models that ONNX Runtime's static quantization gives. It rounds in floats, and networks once and
 * exactly: words may be one step apart, and those that are get counted.
 */
class LinearModelsTest {
  private static final int SAMPLES = 50;
  private static final AttributeProto SAME = attribute("pads", new int[] {1, 1, 1, 1});

  /** Scales and zeros of inputs: words of them, words less a zero, powers of two. */
  static final List<Scale> SCALES = List.of(bytes(0.0217f, 0), bytes(0.0217f, 128),
      bytes(0.0317f, 117), signed(0.0217f, 0), signed(0.0117f, -128), signed(0.0217f, 5),
      bytes(0.0625f, 3), bytes(0.03125f, 0));

  /** How many words are the same, and how many are one step apart. */
  private record Count(int same, int near, Network network) {
    private void isAlmostTheSame() {
      assertThat(near).isLessThanOrEqualTo(same / 100);
    }
  }

  private static Count count(LinearModel model) throws Exception {
    byte[] bytes = model.builder().model().build().toByteArray();
    Network network = Onnx.readNetwork(bytes, null).network();
    FixedTensor words = QuantJudge.words(network, SAMPLES);
    Numbers x = LinearModel.numbers(words, model.first());
    Numbers input = x.shape().length == 4 ? x.transposed(0, 3, 1, 2) : x;
    float[] floats = new float[input.data().length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) input.data()[i];
    }
    float[] result;
    try (OnnxRuntime runtime = new OnnxRuntime(bytes)) {
      result = runtime.run(floats, Arrays.stream(input.shape()).asLongStream().toArray());
    }
    return count(model.last(), network, network.run(words), result);
  }

  private static Count count(Scale scale, Network network, FixedTensor words, float[] result) {
    Numbers numbers = new Numbers(
        IntStream.range(0, result.length).mapToDouble(i -> result[i]).toArray(),
        words.rank() == 4
            ? new int[] {words.dimension(0), words.dimension(3), words.dimension(1),
              words.dimension(2)}
            : words.shape());
    double[] expected =
        (words.rank() == 4 ? numbers.transposed(0, 2, 3, 1) : numbers).data();
    int[] apart = new int[2];
    for (int i = 0; i < expected.length; i++) {
      long word = Math.round(expected[i] / scale.value()) + scale.zero() - scale.offset();
      long difference = Math.abs(words.raw(i) - word);
      assertThat(difference).as("word %d at %d, and %d of ONNX Runtime, of %n%s", words.raw(i), i,
          word, network).isLessThanOrEqualTo(1);
      apart[(int) difference]++;
    }
    System.out.println(network.layers().getFirst().name() + " " + scale + ": " + apart[0]
        + " words the same, " + apart[1] + " one step apart");
    assertThat(Arrays.stream(expected).distinct().count()).isGreaterThan(20);
    return new Count(apart[0], apart[1], network);
  }

  private static LinearModel features(int count) {
    return new LinearModel(1, SAMPLES, count);
  }

  private static LinearModel image(int... shape) {
    return new LinearModel(1, SAMPLES, shape[0], shape[1], shape[2]);
  }

  @ParameterizedTest
  @FieldSource("SCALES")
  void products(Scale scale) throws Exception {
    LinearModel model = features(40).cast(scale);
    model.with("MatMul", model.weights(-1, 0.0123f, 40, 30)).cast(signed(0.0891f, -3));
    count(model).isAlmostTheSame();
    LinearModel gemm = features(40).cast(scale);
    gemm.with("Gemm", gemm.weights(0, 0.0023f, 30, 40), gemm.bias(30), attribute("transB", 1))
        .then("Relu").cast(bytes(0.0731f, 0));
    Count count = count(gemm);
    count.isAlmostTheSame();
    assertThat(count.network.layers()).<Class<?>>map(Layer::getClass)
        .containsExactly(DenseLayer.class);
  }

  @ParameterizedTest
  @FieldSource("SCALES")
  void convolutions(Scale scale) throws Exception {
    LinearModel model = image(3, 7, 6).cast(scale);
    model.with("Conv", model.weights(0, 0.0073f, 8, 3, 3, 3), model.bias(8), SAME)
        .cast(bytes(0.0519f, 131));
    count(model).isAlmostTheSame();
    LinearModel depthwise = image(4, 7, 6).cast(scale);
    depthwise.with("Conv", depthwise.weights(-1, 0.0073f, 4, 1, 2, 2), depthwise.bias(4),
        attribute("group", 4)).then("Relu").cast(bytes(0.0317f, 0));
    count(depthwise).isAlmostTheSame();
  }

  @ParameterizedTest
  @FieldSource("SCALES")
  void poolings(Scale scale) throws Exception {
    LinearModel average = image(4, 6, 6).cast(scale);
    average.then("AveragePool", attribute("kernel_shape", new int[] {3, 2}))
        .cast(bytes(0.0131f, 7));
    count(average).isAlmostTheSame();
    LinearModel global = image(20, 7, 7).cast(scale);
    global.then("GlobalAveragePool").then("Flatten")
        .cast(bytes(0.7f * scale.value(), 64));
    count(global).isAlmostTheSame();
    LinearModel most = image(4, 6, 6).cast(scale);
    most.then("MaxPool", attribute("kernel_shape", new int[] {2, 2})).cast(scale);
    assertThat(count(most).near).isZero();
  }

  @Test
  void sums() throws Exception {
    LinearModel model = image(3, 6, 6).cast(bytes(0.0217f, 117));
    String start = model.builder().last();
    Scale other = signed(0.0391f, 0);
    model.with("Conv", model.weights(-1, 0.0073f, 3, 3, 1, 1)).cast(other);
    model.builder().node("Add", new String[] {model.builder().last(), start});
    count(model.then("Relu").cast(bytes(0.0237f, 0))).isAlmostTheSame();
  }

  /** What is exact in floats is the same, word for word. */
  @ParameterizedTest
  @FieldSource("SCALES")
  void powersOfTwo(Scale scale) throws Exception {
    LinearModel model = features(60)
        .cast(new Scale(0.0625f, scale.zero(), scale.type()));
    model.with("MatMul", model.weights(-1, 0.03125f, 60, 30)).cast(signed(0.5f, 0))
        .with("MatMul", model.weights(-1, 0.25f, 30, 20)).then("Relu").cast(bytes(8, 4));
    assertThat(count(model).near).isZero();
  }

  /** Scales of QONNX that are no powers of two; the judge divides in doubles. */
  @Test
  void quantsOfAnyScale() throws Exception {
    ModelBuilder model = new ModelBuilder(13, 1, SAMPLES, 40).quant(0.1013f, 7, true);
    model.with("MatMul", model.quantWeights(0.0317f, 4, 40, 30)).then("Relu").quant(0.0719f, 6,
        false);
    String start = model.last();
    String body = model.with("MatMul", model.quantWeights(0.25f, 4, 30, 30)).quant(0.5f, 6, true)
        .last();
    model.node("Add", new String[] {start, body});
    model.quant(0.2917f, 6, true);
    Network network = Onnx.readNetwork(model.model().build().toByteArray(), null).network();
    FixedTensor words = QuantJudge.words(network, SAMPLES);
    double[] numbers = QuantInterpreter.run(model.model().build(),
        LinearModel.numbers(words, signed(0.1013f, 0))).get(model.last()).data();
    float[] result = new float[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) numbers[i];
    }
    count(signed(0.2917f, 0), network, network.run(words), result).isAlmostTheSame();
  }

  @Test
  void whatWordsStandForIsSaid() throws Exception {
    LinearModel model = features(6).cast(bytes(0.3f, 7));
    model.with("MatMul", model.weights(-1, 0.5f, 6, 3)).cast(signed(0.7f, 0));
    assertThat(Onnx.readNetwork(model.builder().model().build().toByteArray(), null).notes())
        .containsExactlyInAnyOrder("A word of a sample, w, stands for 0.3 x (w - 7).",
            "A word of the result, w, stands for 0.7 x w.");
  }

  @Test
  void wordsOfFewerBits() throws Exception {
    LinearModel model = features(60).cast(bytes(0.0217f, 0));
    model.with("MatMul", model.weights(-1, 0.0123f, 60, 30)).quantize(signed(0.41f, 0));
    model.with("Clip", model.integers(DataType.INT8, new int[0], -7),
        model.integers(DataType.INT8, new int[0], 7)).dequantize()
        .with("MatMul", model.weights(-1, 0.05f, 30, 30)).cast(signed(0.5f, 0));
    Network network =
        Onnx.readNetwork(model.builder().model().build().toByteArray(), null).network();
    assertThat(network.layers().getFirst())
        .isInstanceOfSatisfying(DenseLayer.class, dense -> assertThat(dense.stage().result())
            .hasToString("ap_fixed<4,4,AP_RND_CONV,AP_SAT_SYM>"));
    count(model).isAlmostTheSame();
  }

  @Test
  void operatorsOfQuantizedNumbers() throws Exception {
    Scale x = bytes(0.0217f, 117);
    Scale y = bytes(0.0519f, 131);
    LinearModel conv = image(3, 7, 6).quantize(x);
    String[] inputs = Arrays.copyOf(conv.inputs(conv.builder().last(), x), 9);
    System.arraycopy(conv.inputs(conv.integers(DataType.INT8, new int[] {8, 3, 3, 3},
        conv.words(63, 8, 3, 3, 3)), signed(0.0073f, 0)), 0, inputs, 3, 3);
    System.arraycopy(conv.inputs("", y), 1, inputs, 6, 2);
    inputs[8] = conv.integers(DataType.INT32, new int[] {8}, conv.words(9000, 8));
    conv.builder().node("QLinearConv", inputs, SAME);
    count(dequantized(conv, y)).isAlmostTheSame();

    LinearModel dense = features(40).quantize(x);
    String[] product = Arrays.copyOf(dense.inputs(dense.builder().last(), x), 8);
    System.arraycopy(dense.inputs(dense.integers(DataType.INT8, new int[] {40, 30},
        dense.words(63, 40, 30)), signed(0.0173f, 0)), 0, product, 3, 3);
    System.arraycopy(dense.inputs("", y), 1, product, 6, 2);
    dense.builder().node("QLinearMatMul", product);
    count(dequantized(dense, y)).isAlmostTheSame();
  }

  @Test
  void operatorsOfOnnxRuntimeItself() throws Exception {
    Scale x = bytes(0.0217f, 117);
    LinearModel average = image(4, 7, 6).quantize(x);
    average.builder().node("QLinearAveragePool", concat(
        average.inputs(average.builder().last(), x), average.scale(bytes(0.0131f, 7))),
        attribute("kernel_shape", new int[] {3, 2}));
    average.builder().in("com.microsoft");
    count(dequantized(average, bytes(0.0131f, 7))).isAlmostTheSame();
    LinearModel global = image(20, 7, 6).quantize(x);
    global.builder().node("QLinearGlobalAveragePool", concat(
        global.inputs(global.builder().last(), x), global.scale(bytes(0.0151f, 64))));
    global.builder().in("com.microsoft");
    count(dequantized(global.then("Flatten"), bytes(0.0151f, 64))).isAlmostTheSame();

    LinearModel gemm = features(40).quantize(x);
    gemm.builder().node("QGemm", concat(concat(gemm.inputs(gemm.builder().last(), x),
        gemm.inputs(gemm.integers(DataType.INT8, new int[] {30, 40}, gemm.words(63, 30, 40)),
            signed(0.0173f, 0))),
        concat(new String[] {gemm.integers(DataType.INT32, new int[] {30}, gemm.words(9000, 30))},
            gemm.scale(bytes(0.0519f, 131)))),
        attribute("transB", 1));
    gemm.builder().in("com.microsoft");
    count(dequantized(gemm, bytes(0.0519f, 131))).isAlmostTheSame();

    LinearModel add = features(40).quantize(x);
    String one = add.builder().last();
    Scale y = bytes(0.0391f, 131);
    add.builder().node("QLinearMatMul", concat(concat(add.inputs(one, x), add.inputs(
        add.integers(DataType.INT8, new int[] {40, 40}, add.words(63, 40, 40)),
        signed(0.0073f, 0))), add.scale(y)));
    add.builder().node("QLinearAdd", concat(
        concat(add.inputs(add.builder().last(), y), add.inputs(one, x)),
        add.scale(bytes(0.0417f, 121))));
    add.builder().in("com.microsoft");
    count(dequantized(add, bytes(0.0417f, 121))).isAlmostTheSame();
  }

  /** A skip of another scale and zero, beside what is made smaller and larger again. */
  @Test
  void joins() throws Exception {
    Scale x = bytes(0.0217f, 117);
    Scale y = signed(0.0391f, 3);
    LinearModel model = image(3, 6, 8).cast(x);
    String skip = model.builder().last();
    model.then("MaxPool", attribute("kernel_shape", new int[] {2, 2}),
        attribute("strides", new int[] {2, 2})).cast(x)
        .with("Conv", model.weights(-1, 0.0073f, 4, 3, 1, 1)).quantize(y);
    model.builder().node("Resize", new String[] {model.builder().last(), "",
      model.builder().numbers(new int[] {4}, 1, 1, 2, 2)},
        attribute("coordinate_transformation_mode", "asymmetric"),
        attribute("nearest_mode", "floor"));
    model.dequantize();
    model.builder().node("Concat", new String[] {skip, model.builder().last()},
        attribute("axis", 1));
    count(model.cast(bytes(0.0413f, 120))).isAlmostTheSame();

    LinearModel same = image(3, 6, 8).cast(x);
    String start = same.builder().last();
    same.then("MaxPool", attribute("kernel_shape", new int[] {3, 3}), SAME).cast(x);
    same.builder().node("Concat", new String[] {start, same.builder().last(), start},
        attribute("axis", 1));
    assertThat(count(same.cast(x)).near).isZero();

    Scale w = bytes(0.0391f, 131);
    LinearModel quantized = image(3, 6, 8).quantize(x);
    String one = quantized.builder().last();
    quantized.dequantize().with("Conv", quantized.weights(-1, 0.0073f, 4, 3, 1, 1)).quantize(w);
    Scale z = bytes(0.0413f, 120);
    quantized.builder().node("QLinearConcat", concat(
        concat(quantized.scale(z), quantized.inputs(quantized.builder().last(), w)),
        quantized.inputs(one, x)), attribute("axis", 1));
    quantized.builder().in("com.microsoft");
    count(dequantized(quantized, z)).isAlmostTheSame();
  }

  private static String[] concat(String[] one, String... other) {
    return Stream.concat(Arrays.stream(one), Arrays.stream(other)).toArray(String[]::new);
  }

  private static LinearModel dequantized(LinearModel model, Scale scale) {
    model.builder().node("DequantizeLinear", model.inputs(model.builder().last(), scale));
    return model.ending(scale);
  }

  @Test
  void whatIsNoNetwork() {
    LinearModel other = features(4).quantize(bytes(0.5f, 0));
    other.builder().node("DequantizeLinear",
        other.inputs(other.builder().last(), bytes(0.25f, 0)));
    assertRefused(other, "it takes quantized numbers of the scale 0.5 and the zero 0: they must "
        + "have the scale 0.25 and the zero 0");
    LinearModel raw = features(4).quantize(bytes(0.5f, 0)).then("Relu");
    assertRefused(raw, "it takes quantized numbers: DequantizeLinear must come first");
    LinearModel relu = features(4).cast(bytes(0.3f, 0)).then("LeakyRelu").then("Sigmoid");
    assertRefused(relu.then("Relu"), "it is read at the end of a model alone");
  }

  private static void assertRefused(LinearModel model, String text) {
    assertThatThrownBy(
        () -> Onnx.readNetwork(model.builder().model().build().toByteArray(), null))
        .isInstanceOf(OnnxException.class).hasMessageContaining(text);
  }
}
