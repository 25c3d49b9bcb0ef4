package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Window;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.Layer;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.KHot;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.Weights;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Layers as those of an integer network, under the paths they have in training. */
final class Deployment {
  /** The two words of a sign, 0 and -1, which becomes +1 and -1 as 2 s + 1. */
  private static final FixedFormat SIGN_BIT =
      FixedFormat.signed(1, 1, QuantizationMode.AP_TRN, OverflowMode.AP_SAT);

  private final Tape tape = Tape.evaluating(Workers.SINGLE);

  private Deployment() {}

  static Network of(Sequential network, int... sampleShape) {
    Qfx.casts(network).forEach((path, cast) -> {
      if (!cast.isStarted()) {
        throw new IllegalArgumentException(
            "cast " + path + " has no binary point yet: evaluate a batch first");
      }
    });
    Iterator<Map.Entry<String, Layer>> layers = network.layers().entrySet().iterator();
    Layer first = layers.hasNext() ? layers.next().getValue() : network;
    if (!(first instanceof FixedCast input)) {
      throw new IllegalArgumentException("network begins with a "
          + first.getClass().getSimpleName() + ": it must begin with a FixedCast");
    }
    NetworkBuilder builder = Network.builder(input.format(), sampleShape);
    Deployment deployment = new Deployment();
    layers.forEachRemaining(next -> deployment.add(builder, next.getKey(), next.getValue()));
    return builder.build();
  }

  private void add(NetworkBuilder builder, String path, Layer layer) {
    switch (layer) {
      case Sequential sequential -> sequential.layers().forEach(
          (name, within) -> add(builder, path + "." + name, within));
      case FixedCast cast -> builder.cast(path, cast.format());
      case ProductLayer product -> add(
          builder, path, product.sum(), product.words(tape), product.biasWords(tape),
          product.kHot());
      case FixedBinaryConv2d conv -> binary(builder, path, conv);
      case FixedBatchNorm2d norm -> norm(builder, path, norm);
      case FixedReLU relu -> builder.relu(path, relu.outputCast().format());
      case FixedLeakyReLU leaky -> builder.leakyRelu(
          path, slopeShift(path, leaky), leaky.outputCast().format());
      case FixedAdd add -> residual(builder, path, add);
      case MaxPool2d pool -> builder.maxPool(path, window(pool.window()));
      case FixedAvgPool2d pool -> average(builder, path, pool);
      case Flatten _ -> builder.flatten(path);
      default -> throw new IllegalArgumentException(
          "layer " + path + " is a " + layer.getClass().getSimpleName()
              + ": an integer network has none");
    }
  }

  private static int slopeShift(String path, FixedLeakyReLU leaky) {
    try {
      return leaky.slopeShift();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("layer " + path + ": " + e.getMessage());
    }
  }

  private static void add(NetworkBuilder builder, String path, FixedSum sum, Tensor weights,
      @Nullable Tensor bias, @Nullable KHot kHot) {
    FixedTensor arranged = sum.product().arranged(FixedWords.of(weights));
    Weights words = weights(arranged, kHot);
    var stage = sum.stage(sum.output().format(), bias);
    switch (sum.product()) {
      case Product.Dense _ -> builder.dense(path, words, stage);
      case Product.Convolution conv -> builder.conv2d(path, words, window(conv.window()), stage);
      case Product.Depthwise conv -> builder.conv2d(path, words, window(conv.window()), stage);
    }
  }

  private static Weights weights(FixedTensor words, @Nullable KHot kHot) {
    return kHot == null ? Weights.of(words) : Weights.kHot(words, kHot.k(), kHot.rule());
  }

  private static io.fixlane.network.Window window(Window window) {
    return io.fixlane.network.Window.of(window.height(), window.width())
        .withStride(window.stride(), window.stride())
        .withPadding(window.padding(), window.padding())
        .withDilation(window.dilation(), window.dilation());
  }

  /** The sign is a cast that keeps the sign bit, and its value. */
  private void binary(NetworkBuilder builder, String path, FixedBinaryConv2d conv) {
    builder.cast(path + ".bit", SIGN_BIT);
    int[] shape = builder.resultShape();
    int channels = shape[shape.length - 1];
    Tensor words = conv.words(tape);
    builder.scaleAndShift(path + ".sign", Weights.of(constant(2, channels)),
        constant(1, channels), FixedWords.format("signs", words));
    add(builder, path, conv.sum(), words, null, null);
  }

  private static FixedTensor constant(int value, int channels) {
    float[] values = new float[channels];
    Arrays.fill(values, value);
    return FixedTensor.quantize(values, FixedFormat.signed(3, 3), channels);
  }

  private void norm(NetworkBuilder builder, String path, FixedBatchNorm2d norm) {
    int channels = norm.runningStatistics().mean().length;
    // An evaluating tape takes the running statistics, whatever the numbers are.
    FixedBatchNorm2d.ScaleAndShift words =
        norm.scaleAndShift(tape, Tensor.of(new float[channels], channels));
    Weights scale = weights(FixedWords.of(words.scale()), norm.kHot());
    FixedTensor shift = FixedWords.of(words.shift());
    FixedFormat result = norm.outputCast().format();
    if (norm.castsAtOnce(result)) {
      builder.scaleAndShift(path, scale, shift, result);
    } else {
      builder.scaleAndShift(
          path + ".exact", scale, shift, words.exact(builder.resultFormat()));
      builder.relu(path, result);
    }
  }

  private static void average(NetworkBuilder builder, String path, FixedAvgPool2d pool) {
    FixedFormat result = pool.outputCast().format();
    Window window = pool.window();
    if (window == null) {
      builder.globalAveragePool(path, result);
    } else {
      builder.averagePoolOfPadded(path, window(window), result);
    }
  }

  private void residual(NetworkBuilder builder, String path, FixedAdd add) {
    Layer body = add.body();
    Layer shortcut = add.shortcut();
    FixedFormat result = add.outputCast().format();
    Consumer<NetworkBuilder> bodyOf = branch -> add(branch, path + ".body", body);
    Consumer<NetworkBuilder> shortcutOf = branch -> {
      if (shortcut != null) {
        add(branch, path + ".shortcut", shortcut);
      }
    };
    switch (add.activation()) {
      case NONE -> builder.add(path, bodyOf, shortcutOf, result);
      case RELU -> builder.residualAdd(path, bodyOf, shortcutOf, result);
    }
  }
}
