package io.fixlane.onnx;

import static io.fixlane.onnx.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.network.Network;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chains of floats between words and a Quant are thresholds: the words are those of doubles. */
class StaircaseModelsTest {
  private static final int SAMPLES = 80;

  private static List<Class<?>> kinds(ModelBuilder model) throws Exception {
    return QuantJudge.same(model.model().build(), null, SAMPLES, model.last()).network().layers()
        .stream().<Class<?>>map(Layer::getClass).toList();
  }

  private static ModelBuilder features() {
    return new ModelBuilder(13, 1, 1, 20).quant(0.25f, 5, true);
  }

  private static ModelBuilder image() {
    return new ModelBuilder(13, 1, 1, 3, 6, 5).quant(0.25f, 5, true);
  }

  /** Adds a normalization some of whose channels fall as others rise. */
  private static ModelBuilder norm(ModelBuilder model, int channels) {
    model.node("BatchNormalization", new String[] {model.last(),
      model.weights(-2.0, 2.0, channels), model.weights(channels),
      model.weights(-3.0, 3.0, channels), model.weights(0.5, 2.0, channels)},
        attribute("epsilon", 1e-3f));
    return model;
  }

  @Test
  void normalizationsBehindProducts() throws Exception {
    ModelBuilder model = features();
    model.with("MatMul", model.quantWeights(0.25f, 4, 20, 16));
    norm(model.with("Add", model.quantWeights(0.5f, 4, 16)), 16).then("Relu")
        .quant(0.25f, 4, false)
        .with("Gemm", model.quantWeights(0.5f, 3, 16, 9), model.weights(9));
    norm(model, 9).quant(0.375f, 4, true);
    assertThat(kinds(model)).containsExactly(
        DenseLayer.class, ThresholdLayer.class, DenseLayer.class, ThresholdLayer.class);
  }

  @Test
  void normalizationsOfImages() throws Exception {
    ModelBuilder model = image();
    norm(model.with("Conv", model.quantWeights(0.25f, 4, 6, 3, 3, 3),
        attribute("pads", new int[] {1, 1, 1, 1})), 6).quant(0.5f, 3, true);
    norm(model.with("Conv", model.quantWeights(0.25f, 4, 6, 1, 2, 2), attribute("group", 6)), 6)
        .quant(0.5f, 4, true);
    assertThat(kinds(model)).containsExactly(
        ConvLayer.class, ThresholdLayer.class, ConvLayer.class, ThresholdLayer.class);
  }

  @Test
  void chainsOfConstantsThatAreNoFractions() throws Exception {
    ModelBuilder model = features();
    model.with("Div", model.number(-3)).with("Mul", model.weights(0.1, 2.0, 20))
        .with("Sub", model.number(0.1f)).quant(0.125f, 5, true);
    assertThat(kinds(model)).containsExactly(ScaleAndShiftLayer.class, ThresholdLayer.class);
    ModelBuilder same = features();
    same.with("Div", same.number(3)).quant(0.125f, 5, true);
    assertThat(kinds(same)).containsExactly(ThresholdLayer.class);
  }

  @Test
  void normalizationsOfSigns() throws Exception {
    ModelBuilder model = image().sign();
    norm(model.with("Conv", model.signs(6, 3, 2, 2)), 6).sign().then("Flatten")
        .with("MatMul", model.signs(120, 10));
    norm(model, 10).quant(0.5f, 3, true);
    norm(model.with("MatMul", model.quantWeights(0.5f, 3, 10, 8)), 8).sign()
        .with("MatMul", model.signs(8, 5));
    assertThat(kinds(model)).containsExactly(BinaryConvLayer.class,
        FlattenLayer.class, BinaryDenseLayer.class, ThresholdLayer.class,
        DenseLayer.class, ThresholdLayer.class, BinaryDenseLayer.class);
  }

  @Test
  void everyThresholdIsTheFirstWordThatReachesIt() throws Exception {
    ModelBuilder model = new ModelBuilder(13, 1, 1, 1 << 10);
    model.quant(1, 10, true).with("Div", model.number(7.3f)).quant(0.5f, 8, true);
    Network read = Onnx.readNetwork(model.model().build().toByteArray(), null).network();
    FixedTensor words = FixedTensor.allocate(read.inputFormat(), 1, 1 << 10);
    for (int i = 0; i < 1 << 10; i++) {
      words.setRaw(i, i - (1 << 9));
    }
    assertThat(QuantJudge.values(read.run(words)))
        .isEqualTo(QuantJudge.run(model.model().build(), words).data());
  }

  @Test
  void whatIsNoStaircase() {
    ModelBuilder wide = features();
    norm(wide, 20).quant(1, 11, true);
    assertRefused(wide, "it takes a chain of floats and has words of 11 bits");
    ModelBuilder bad = features();
    bad.node("BatchNormalization", new String[] {bad.last(), bad.weights(20), bad.weights(20),
      bad.weights(20), bad.weights(-2.0, -1.0, 20)});
    assertRefused(bad.quant(1, 4, true), "(BatchNormalization): its variance of channel 0 is -");
  }

  private static void assertRefused(ModelBuilder model, String text) {
    assertThatThrownBy(() -> Onnx.readNetwork(model.model().build().toByteArray(), null))
        .isInstanceOf(OnnxException.class).hasMessageContaining(text);
  }
}
