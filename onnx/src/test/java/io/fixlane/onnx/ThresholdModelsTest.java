package io.fixlane.onnx;

import static io.fixlane.onnx.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorAnnotation;
import io.fixlane.network.Network;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.ThresholdLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** FINN's MultiThreshold nodes: the words are those of doubles. */
class ThresholdModelsTest {
  private static final int SAMPLES = 80;

  private static List<Class<?>> kinds(ModelBuilder model) throws Exception {
    return kinds(model, SAMPLES);
  }

  private static List<Class<?>> kinds(ModelBuilder model, int samples) throws Exception {
    return QuantJudge.same(model.model().build(), null, samples, model.last()).network().layers()
        .stream().<Class<?>>map(Layer::getClass).toList();
  }

  private static ModelBuilder features(int count) {
    return new ModelBuilder(13, 1, 1, count);
  }

  /** Says the type of the model's input, as QONNX does. */
  private static ModelBuilder typed(ModelBuilder model, String type) {
    model.graph().addQuantizationAnnotation(TensorAnnotation.newBuilder().setTensorName("x")
        .addQuantParameterTensorNames(StringStringEntryProto.newBuilder()
            .setKey("finn_datatype").setValue(type)));
    return model;
  }

  private static ModelBuilder threshold(
      ModelBuilder model, String thresholds, float scale, float bias, String layout) {
    return model.with("MultiThreshold", thresholds, attribute("out_scale", scale),
        attribute("out_bias", bias), attribute("data_layout", layout),
        attribute("out_dtype", "INT8")).in("qonnx.custom_op.general");
  }

  @Test
  void stepsFromZeroAndFromAStart() throws Exception {
    ModelBuilder model = typed(features(9), "INT6");
    threshold(model, model.weights(-30.0, 30.0, 9, 15), 1, -8, "NCHW");
    assertThat(kinds(model)).containsExactly(ThresholdLayer.class);
    ModelBuilder halves = typed(features(9), "UINT8");
    threshold(halves, halves.weights(0.0, 255.0, 1, 7), 0.5f, 0, "NCHW");
    QuantizedNetwork read =
        QuantJudge.same(halves.model().build(), null, SAMPLES, halves.last());
    assertThat(read.network().inputFormat()).hasToString("ap_ufixed<8,8,AP_RND_CONV,AP_SAT>");
    assertThat(read.network().resultFormat()).hasToString("ap_ufixed<3,2>");
  }

  @Test
  void stepsThatAreNoMultiplesOfTheStart() throws Exception {
    ModelBuilder model = typed(features(5), "FIXED<7,3>");
    threshold(model, model.weights(-4.0, 4.0, 5, 3), 0.75f, -0.125f, "NCHW");
    assertThat(kinds(model)).containsExactly(ThresholdLayer.class);
    ModelBuilder falling = typed(features(5), "INT5");
    threshold(falling, falling.weights(-15.0, 15.0, 5, 3), -2, 3, "NCHW");
    assertThat(kinds(falling)).containsExactly(ThresholdLayer.class);
  }

  @Test
  void aScaleThatIsNoFractionIsAUnit() throws Exception {
    ModelBuilder model = typed(features(6), "INT5");
    threshold(model, model.weights(-15.0, 15.0, 6, 3), 0.1f, 0, "NCHW")
        .with("MatMul", model.quantWeights(0.5f, 4, 6, 4));
    threshold(model, model.weights(-1.0, 1.0, 4, 7), 1, 0, "NCHW");
    assertThat(kinds(model)).containsExactly(
        ThresholdLayer.class, DenseLayer.class, ThresholdLayer.class);
  }

  @Test
  void oneThresholdMakesSigns() throws Exception {
    ModelBuilder model = typed(new ModelBuilder(9, 1, 1, 1, 4, 4), "UINT8");
    model.with("Div", model.number(255)).with("Reshape", model.integers(1, -1))
        .with("Mul", model.number(2)).with("Sub", model.number(1));
    threshold(model, model.number(0), 2, -1, "NCHW");
    ModelBuilder flat = typed(new ModelBuilder(9, 1, 1, 1, 4, 4), "UINT8");
    flat.with("Div", flat.number(255)).with("Reshape", flat.integers(1, -1))
        .with("Mul", flat.number(2)).with("Sub", flat.number(1));
    threshold(flat, flat.numbers(new int[] {1, 1}, 0), 2, -1, "NCHW")
        .with("MatMul", flat.signs(16, 8));
    flat.then("Unsqueeze", attribute("axes", new int[] {2})).batchNorm(8)
        .then("Squeeze", attribute("axes", new int[] {2}));
    threshold(flat, flat.numbers(new int[] {1, 1}, 0), 2, -1, "NCHW")
        .with("MatMul", flat.signs(8, 5));
    assertThat(kinds(flat, 1)).containsExactly(FlattenLayer.class, ThresholdLayer.class,
        BinaryDenseLayer.class, BinaryDenseLayer.class);
    assertRefused(model, "they must have a row for each of 16 channels, or one");
  }

  @Test
  void imagesChannelsFirstAndLast() throws Exception {
    ModelBuilder first = typed(new ModelBuilder(13, 1, 1, 3, 5, 6), "INT4");
    first.with("Conv", first.quantWeights(0.5f, 3, 4, 3, 2, 2));
    threshold(first, first.weights(-20.0, 20.0, 4, 7), 1, -3, "NCHW")
        .with("Conv", first.quantWeights(0.5f, 3, 4, 4, 1, 1));
    assertThat(kinds(first)).containsExactly(
        ConvLayer.class, ThresholdLayer.class, ConvLayer.class);
    ModelBuilder last = typed(new ModelBuilder(13, 1, 1, 3, 5, 6), "INT4");
    last.then("Transpose", attribute("perm", new int[] {0, 2, 3, 1}));
    threshold(last, last.weights(-7.0, 7.0, 3, 7), 1, -3, "NHWC")
        .then("Transpose", attribute("perm", new int[] {0, 3, 1, 2}))
        .with("Conv", last.quantWeights(0.5f, 3, 4, 3, 1, 1));
    assertThat(kinds(last)).containsExactly(ThresholdLayer.class, ConvLayer.class);
    ModelBuilder wrong = typed(new ModelBuilder(13, 1, 1, 3, 5, 6), "INT4");
    wrong.with("Conv", wrong.quantWeights(0.5f, 3, 4, 3, 1, 1));
    threshold(wrong, wrong.weights(1, 7), 1, 0, "NHWC");
    assertRefused(wrong, "its attribute 'data_layout' is 'NHWC', and it takes [4, 5, 6]");
  }

  @Test
  void normalizationsBeforeAreTakenIn() throws Exception {
    ModelBuilder model = typed(features(12), "INT4");
    model.with("MatMul", model.quantWeights(0.5f, 4, 12, 8));
    model.node("BatchNormalization", new String[] {model.last(),
      model.weights(-2.0, 2.0, 8), model.weights(8), model.weights(-3.0, 3.0, 8),
      model.weights(0.5, 2.0, 8)}, attribute("epsilon", 1e-3f));
    threshold(model, model.weights(-4.0, 4.0, 8, 3), 1, 0, "NCHW")
        .with("MatMul", model.quantWeights(0.5f, 4, 8, 3));
    assertThat(kinds(model)).containsExactly(
        DenseLayer.class, ThresholdLayer.class, DenseLayer.class);
  }

  @Test
  void theLargestAtTheEndIsLeftOut() throws Exception {
    ModelBuilder model = typed(features(7), "INT4");
    model.with("MatMul", model.quantWeights(0.5f, 4, 7, 5)).with("Mul", model.number(0.3f));
    String scores = model.last();
    model.then("ArgMax", attribute("axis", -1));
    QuantizedNetwork read =
        Onnx.readNetwork(model.model().build().toByteArray(), null);
    assertThat(read.network().resultShape()).containsExactly(5);
    assertThat(read.notes()).hasSize(2).last().asString().contains("(ArgMax)");
    model.from(scores).with("TopK", model.integers(1), attribute("largest", 0));
    assertRefused(model, "where it takes the largest");
  }

  @Test
  void whatHasNoLevels() {
    ModelBuilder zero = typed(features(2), "INT4");
    assertRefused(threshold(zero, zero.weights(1, 3), 0, 1, "NCHW"),
        "its attributes 'out_scale' and 'out_bias' are 0.0 and 1.0: they must be finite");
    ModelBuilder nan = typed(features(2), "INT4");
    assertRefused(
        threshold(nan, nan.numbers(new int[] {1, 2}, Float.NaN, 1), 1, 0, "NCHW"), "with NaN");
    ModelBuilder far = typed(features(2), "INT4");
    assertRefused(threshold(far, far.weights(1, 3), 0x1p-60f, 0x1p30f, "NCHW"),
        "its results take more than 64 bits");
    ModelBuilder open = features(2);
    assertRefused(threshold(open, open.weights(1, 3), 1, 0, "NCHW"), "--input-format");
  }

  private static void assertRefused(ModelBuilder model, String text) {
    assertThatThrownBy(() -> Onnx.readNetwork(model.model().build().toByteArray(), null))
        .isInstanceOf(OnnxException.class).hasMessageContaining(text);
  }

  /** Infinite thresholds are reached by no word, or by every one. */
  @Test
  void infiniteThresholds() throws Exception {
    ModelBuilder model = typed(features(3), "INT4");
    threshold(model, model.numbers(new int[] {1, 3}, Float.NEGATIVE_INFINITY, 0,
        Float.POSITIVE_INFINITY), 1, 0, "NCHW");
    assertThat(kinds(model)).containsExactly(ThresholdLayer.class);
    Network read = Onnx.readNetwork(model.model().build().toByteArray(), null).network();
    assertThat(((ThresholdLayer) read.layers().getFirst()).thresholds().raw(0)).isEqualTo(-8);
  }
}
