package io.fixlane.hardware;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Networks of the kinds that are trained, with random words of few bits, for small images. */
public final class Models {
  private final Random random = new Random(7);
  private final FixedFormat activation;
  private final FixedFormat weight;
  private final FixedFormat bias = FixedFormat.signed(16, 1);
  private final @Nullable KHotRule rule;

  private Models(int bits, @Nullable KHotRule rule) {
    this.activation = FixedFormat.signed(
        bits, 2, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT);
    this.weight = FixedFormat.signed(bits, 1, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT);
    this.rule = rule;
  }

  private FixedTensor words(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, random.nextLong(
          format.minRaw().longValueExact(), format.maxRaw().longValueExact() + 1));
    }
    return words;
  }

  private Weights weights(int... shape) {
    FixedTensor words = words(weight, shape);
    return rule == null ? Weights.of(words) : Weights.kHot(words, 2, rule);
  }

  private OutputStage biased(int outputs) {
    return OutputStage.to(activation).withBias(words(bias, outputs));
  }

  /** A U-net of two levels, and features side by side that come in beats of different sizes. */
  public static Network unet(int bits) {
    Models make = new Models(bits, null);
    Window same = Window.of(3, 3).withPadding(1, 1);
    Window half = Window.of(2, 2).withStride(2, 2);
    FixedFormat wide = FixedFormat.parse("ap_fixed<9,3,AP_RND,AP_SAT>");
    return Network.builder(make.activation, 8, 8, 1)
        .conv2d("early", make.weights(2, 1, 3, 3), same, make.biased(2).withRelu())
        .concat("outer", _ -> {}, outer -> outer.maxPool("down", half)
            .conv2d("middle", make.weights(3, 2, 3, 3), same, make.biased(3).withRelu())
            .concat("inner", inner -> inner.averagePool("deeper", half, wide)
                .conv2d("deep", make.weights(4, 3, 1, 1), Window.of(1, 1), make.biased(4))
                .upsample("up", 2, 2), _ -> {}, make.activation)
            .conv2d("after", make.weights(2, 7, 3, 3), same, OutputStage.to(wide))
            .upsample("upper", 2, 2), make.activation)
        .conv2d("late", make.weights(2, 4, 3, 3), same, make.biased(2).withRelu())
        .averagePool("mean", Window.of(4, 4).withStride(4, 4), wide)
        .flatten("flatten")
        .concat("features", _ -> {},
            more -> more.dense("dense", make.weights(8, 3), make.biased(3)), wide)
        .dense("output", make.weights(11, 4), make.biased(4)).build();
  }

  /** Two dense layers. */
  public static Network mlp(int bits, @Nullable KHotRule rule) {
    Models make = new Models(bits, rule);
    return Network.builder(make.activation, 4, 4, 1).flatten("flatten")
        .dense("hidden", make.weights(16, 24), make.biased(24).withRelu())
        .dense("output", make.weights(24, 10), make.biased(10)).build();
  }

  /** Convolutions with batch normalisation and relu, pools, and a dense layer. */
  public static Network cnn(int bits, @Nullable KHotRule rule) {
    Models make = new Models(bits, rule);
    NetworkBuilder builder = Network.builder(make.activation, 6, 6, 1);
    make.conv(builder, "conv1", 1, 4, 3, 1);
    builder.relu("relu1", make.activation).maxPool("pool", Window.of(2, 2).withStride(2, 2));
    make.conv(builder, "conv2", 4, 6, 3, 1);
    return builder.relu("relu2", make.activation).globalAveragePool("average", make.activation)
        .dense("output", make.weights(6, 10), make.biased(10)).build();
  }

  /** A residual network of three blocks, of which two have a stride. */
  public static Network resnet8(int bits, @Nullable KHotRule rule) {
    Models make = new Models(bits, rule);
    NetworkBuilder builder = Network.builder(make.activation, 6, 6, 1);
    make.conv(builder, "conv1", 1, 3, 3, 1);
    builder.relu("relu1", make.activation);
    make.block(builder, "block1", 3, 3, 1);
    make.block(builder, "block2", 3, 4, 2);
    make.block(builder, "block3", 4, 5, 2);
    return builder.globalAveragePool("average", make.activation)
        .dense("output", make.weights(5, 10), make.biased(10)).build();
  }

  /** Binary convolutions with shortcuts. */
  public static Network bnn(int bits) {
    Models make = new Models(bits, null);
    FixedFormat sums = FixedFormat.signed(8, 8);
    NetworkBuilder builder = Network.builder(make.activation, 5, 5, 2);
    make.conv(builder, "conv1", 2, 4, 3, 1);
    builder.add("block1", body -> body
        .binaryConv2d("signs1", make.words(make.weight, 4, 4, 3, 3),
            Window.of(3, 3).withPadding(1, 1), BinaryResult.sums(sums))
        .scaleAndShift("norm1", make.weights(4), make.words(make.activation, 4), make.activation),
        make.activation);
    return builder
        .binaryConv2d("signs2", make.words(make.weight, 6, 4, 3, 3),
            Window.of(3, 3).withPadding(1, 1).withStride(2, 2),
            BinaryResult.signs(-2, 0, 1, 3, 5, -7))
        .flatten("flatten")
        .binaryDense("output", make.words(make.weight, 54, 10), BinaryResult.sums(sums)).build();
  }

  /** Thresholds of 64 bits and of all words of 8 bits, some that every or no word reaches. */
  public static Network staircases() {
    FixedFormat wide = FixedFormat.signed(64, 32);
    FixedFormat beyond = FixedFormat.signed(64, 33);
    FixedTensor first = FixedTensor.of(beyond, new long[] {
      Long.MIN_VALUE, Long.MIN_VALUE >> 1, -1, Long.MAX_VALUE,
      -5L << 40, 0, 0, 3L << 55,
      (Long.MIN_VALUE >> 1) + 1, 1, Long.MAX_VALUE >> 1, Long.MAX_VALUE >> 1}, 3, 4);
    FixedFormat level = FixedFormat.signed(64, 64);
    FixedTensor second = FixedTensor.of(level, new long[] {
      Long.MIN_VALUE + 1, -(1L << 61), 0, 1L << 62}, 4);
    FixedFormat octet = FixedFormat.unsigned(8, 8);
    FixedTensor every = FixedTensor.allocate(FixedFormat.signed(10, 10), 258);
    for (int t = 0; t < 258; t++) {
      every.setRaw(t, t - 1);
    }
    return Network.builder(wide, 3)
        .threshold("first", first, Fixed.ofRaw(level, Long.MIN_VALUE), (1L << 62) - 1)
        .threshold("second", second, Fixed.ofRaw(octet, 250), -62)
        .threshold("every", every, Fixed.ofRaw(FixedFormat.signed(16, 3), 30_000), -101)
        .build();
  }

  private void conv(
      NetworkBuilder builder, String name, int channels, int outputs, int kernel, int stride) {
    builder.conv2d(name, weights(outputs, channels, kernel, kernel),
        Window.of(kernel, kernel).withPadding(kernel / 2, kernel / 2).withStride(stride, stride),
        OutputStage.to(activation));
    builder.scaleAndShift(
        name + ".norm", weights(outputs), words(activation, outputs), activation);
  }

  private void block(NetworkBuilder builder, String name, int channels, int outputs, int stride) {
    builder.residualAdd(name, body -> {
      conv(body, name + ".conv1", channels, outputs, 3, stride);
      body.relu(name + ".relu", activation);
      conv(body, name + ".conv2", outputs, outputs, 3, 1);
    }, shortcut -> {
      if (stride > 1) {
        conv(shortcut, name + ".shortcut", channels, outputs, 1, stride);
      }
    }, activation);
  }
}
