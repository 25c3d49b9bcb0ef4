package io.fixlane.onnx;

import static io.fixlane.onnx.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of which results lie side by side, or become larger images. */
class JoinedModelsTest {
  private static final int SAMPLES = 40;

  private static Network same(ModelBuilder model) throws Exception {
    return QuantJudge.same(model.model().build(), null, SAMPLES, model.last()).network();
  }

  private static ModelBuilder image(int channels) {
    return new ModelBuilder(13, 1, 1, channels, 4, 6).quant(0.25f, 5, true);
  }

  private static ModelBuilder resize(ModelBuilder model, float... scales) {
    model.node("Resize",
        new String[] {model.last(), "", model.numbers(new int[] {scales.length}, scales)},
        attribute("coordinate_transformation_mode", "asymmetric"),
        attribute("nearest_mode", "floor"), attribute("mode", "nearest"));
    return model;
  }

  private static ModelBuilder concat(ModelBuilder model, int axis, String... inputs) {
    model.node("Concat", inputs, attribute("axis", axis));
    return model;
  }

  @Test
  void aNestOfSkips() throws Exception {
    ModelBuilder model = image(2);
    String outer = model.last();
    AttributeProto[] half = {attribute("kernel_shape", new int[] {2, 2}),
      attribute("strides", new int[] {2, 2})};
    String inner = model.then("MaxPool", half)
        .with("Conv", model.quantWeights(0.25f, 4, 3, 2, 1, 1)).quant(0.5f, 4, true).last();
    model.then("MaxPool", attribute("kernel_shape", new int[] {2, 3}))
        .with("Conv", model.quantWeights(0.25f, 4, 2, 3, 1, 1)).quant(1, 3, true);
    resize(model, 1, 1, 2, 3);
    concat(model, 1, inner, model.last()).quant(0.5f, 3, true)
        .with("Conv", model.quantWeights(0.25f, 4, 2, 5, 1, 1)).quant(0.25f, 6, true);
    resize(model, 1, 1, 2, 2);
    concat(model, -3, model.last(), outer)
        .with("Conv", model.quantWeights(0.25f, 4, 3, 4, 2, 2));
    List<Layer> layers = same(model).layers();
    ConcatLayer block = (ConcatLayer) layers.getFirst();
    assertThat(layers).hasSize(2);
    assertThat(block.second()).isEmpty();
    // Of both formats that come, neither holds the other's words.
    assertThat(block.result()).hasToString("ap_fixed<6,4>");
    assertThat(block.first()).hasAtLeastOneElementOfType(ConcatLayer.class)
        .hasAtLeastOneElementOfType(UpsampleLayer.class);
  }

  @Test
  void severalFeatures() throws Exception {
    ModelBuilder model = new ModelBuilder(13, 1, 1, 6).quant(0.25f, 5, true);
    String x = model.last();
    String[] all = new String[5];
    for (int i = 0; i < all.length; i++) {
      model.from(x).with("MatMul", model.quantWeights(0.25f, 3, 6, i + 1));
      all[i] = i == 2 ? x : model.quant(1, 4, true).last();
    }
    concat(model, 1, all).with("MatMul", model.quantWeights(0.5f, 3, 18, 4));
    assertThat(same(model).layers()).hasSize(2);
    ModelBuilder twice = new ModelBuilder(13, 1, 1, 6).quant(0.25f, 5, true);
    concat(twice, 1, twice.last(), twice.last());
    assertThat(same(twice).resultShape()).containsExactly(12);
  }

  @Test
  void signsAndWords() throws Exception {
    ModelBuilder model = image(3);
    String x = model.last();
    String signs = model.sign().last();
    String more = model.from(x).with("Sub", model.number(0.25f)).sign().last();
    String both = concat(model, 1, signs, more).last();
    model.with("Conv", model.signs(2, 6, 2, 2)).quant(1, 5, true);
    assertThat(same(model).resultShape()).containsExactly(3, 5, 2);
    concat(model, 1, both, x).quant(0.25f, 5, true);
    assertThat(same(model).resultShape()).containsExactly(4, 6, 9);
  }

  @Test
  void channelsOfOtherScales() throws Exception {
    ModelBuilder model = new ModelBuilder(13, 1, 1, 5).quant(0.25f, 6, true);
    String x = model.last();
    String one = model.quant(0.37f, 4, true).last();
    String other = model.from(x).quant(0.61f, 4, true).last();
    concat(model, 1, one, other).quant(0.43f, 5, true)
        .with("MatMul", model.quantWeights(1, 3, 10, 4));
    assertThat(same(model).resultShape()).containsExactly(4);
  }

  /** What is read of transformations and roundings is what ONNX Runtime gives. */
  @ParameterizedTest
  @CsvSource({"half_pixel, round_prefer_floor, 2, 3", "half_pixel, round_prefer_ceil, 4, 2",
    "pytorch_half_pixel, round_prefer_floor, 2, 5", "asymmetric, floor, 3, 2",
    "asymmetric, round_prefer_floor, 2, 2", "align_corners, floor, 1, 1"})
  void nearestPixels(String transformation, String rounding, int y, int x) throws Exception {
    ModelBuilder model = new ModelBuilder(13, 1, 1, 2, 3, 4);
    model.node("Resize",
        new String[] {"x", "", "", model.integers(1, 2, 3 * y, 4 * x)},
        attribute("coordinate_transformation_mode", transformation),
        attribute("nearest_mode", rounding));
    model.then("Relu");
    float[] numbers = new float[24];
    FixedFormat format = FixedFormat.unsigned(8, 8);
    FixedTensor words = FixedTensor.allocate(format, 1, 3, 4, 2);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i + 1;
      words.setRaw(i % 12 * 2 + i / 12, i + 1);
    }
    byte[] bytes = model.model().build().toByteArray();
    float[] expected;
    try (OnnxRuntime runtime = new OnnxRuntime(bytes)) {
      expected = runtime.run(numbers, 1, 2, 3, 4);
    }
    FixedTensor actual = Onnx.readNetwork(bytes, format).network().run(words);
    float[] channelsFirst = new float[expected.length];
    int pixels = expected.length / 2;
    for (int i = 0; i < channelsFirst.length; i++) {
      channelsFirst[i] = actual.raw(i % pixels * 2 + i / pixels);
    }
    assertThat(channelsFirst).isEqualTo(expected);
  }

  @Test
  void whatIsNoBlockOfTheSamePixels() {
    assertRefused(resize(image(1), 1, 1, 1.5f, 2), "must become larger by whole factors");
    assertRefused(resize(image(1), 1, 1, 0.5f, 1), "must become larger by whole factors");
    assertRefused(resize(image(1), 1, 2, 1, 1), "it makes channels more");
    assertRefused(resize(image(1), 1, 1, 1e9f, 1), "must become larger by whole factors");
    assertRefused(resize(image(1), 1, 1, 32768, 32768), "numbers");
    ModelBuilder linear = image(1);
    linear.node("Resize",
        new String[] {linear.last(), "", linear.numbers(new int[] {4}, 1, 1, 2, 2)},
        attribute("mode", "linear"));
    assertRefused(linear, "its attribute 'mode' is 'linear': only nearest is read");
    ModelBuilder corners = image(1);
    corners.node("Resize",
        new String[] {corners.last(), "", corners.numbers(new int[] {4}, 1, 1, 2, 2)},
        attribute("coordinate_transformation_mode", "align_corners"));
    assertRefused(corners, "'align_corners' and 'round_prefer_floor': by a factor of 2");
    ModelBuilder floor = image(1);
    floor.node("Resize",
        new String[] {floor.last(), "", floor.numbers(new int[] {4}, 1, 1, 1, 3)},
        attribute("nearest_mode", "floor"));
    assertRefused(floor, "'half_pixel' and 'floor': by a factor of 3");
    assertRefused(new ModelBuilder(13, 1, 1, 2, 3, 4).with("Upsample", "x"), "Upsample");
  }

  @Test
  void whatDoesNotLieSideBySide() {
    ModelBuilder rows = image(2);
    assertRefused(concat(rows, 2, rows.last(), rows.last()), "its attribute 'axis' is 2");
    ModelBuilder sizes = image(2);
    String x = sizes.last();
    sizes.then("MaxPool", attribute("kernel_shape", new int[] {2, 2}));
    assertRefused(concat(sizes, 1, x, sizes.last()),
        "it puts [2, 4, 6] and [2, 3, 5] of a sample side by side");
    ModelBuilder constant = image(2);
    assertRefused(concat(constant, 1, constant.last(), constant.weights(1, 2, 4, 6)),
        "is a constant: only results are put side by side");
    ModelBuilder shared = image(2);
    String start = shared.last();
    String one = shared.with("Conv", shared.quantWeights(0.5f, 3, 2, 2, 1, 1)).quant(1, 4, true)
        .last();
    String two = shared.with("Conv", shared.quantWeights(0.5f, 3, 2, 2, 1, 1)).quant(1, 4, true)
        .last();
    concat(shared, 1, one, start);
    assertRefused(concat(shared, 1, shared.last(), two),
        "has a sum or Concat whose branches share");
  }

  private static void assertRefused(ModelBuilder model, String text) {
    assertThatThrownBy(() -> Onnx.readNetwork(model.model().build().toByteArray(), null))
        .isInstanceOf(OnnxException.class).hasMessageContaining(text);
  }
}
