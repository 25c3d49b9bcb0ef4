package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.KHot;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.Weights;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Layers as those of an integer network, under the paths they have in training. */
final class Deployment {
  private final Tape tape = Tape.evaluating(Workers.SINGLE);

  private Deployment() {}

  static Network of(Sequential network, int... sampleShape) {
    Qfx.casts(network).forEach((path, cast) -> {
      if (!cast.isStarted()) {
        throw new IllegalArgumentException(
            "cast " + path + " has no binary point yet: evaluate a batch first");
      }
    });
    List<Place> layers = new ArrayList<>();
    network.layers().forEach((name, layer) -> collect(name, layer, layers));
    TapeLayer first = layers.isEmpty() ? network : layers.getFirst().layer();
    if (!(first instanceof FixedCast input)) {
      throw new IllegalArgumentException("network begins with a "
          + first.getClass().getSimpleName() + ": it must begin with a FixedCast");
    }
    NetworkBuilder builder = Network.builder(input.format(), sampleShape);
    new Deployment().add(builder, layers.subList(1, layers.size()));
    return builder.build();
  }

  /** A layer, and the path to it. */
  private record Place(String path, TapeLayer layer) {}

  /** Collects a layer, or those of a sequence one after the other. */
  private static void collect(String path, TapeLayer layer, List<Place> places) {
    if (layer instanceof Sequential sequential) {
      sequential.layers().forEach((name, within) -> collect(path + "." + name, within, places));
    } else {
      places.add(new Place(path, layer));
    }
  }

  private void add(NetworkBuilder builder, List<Place> places) {
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      SignThresholds thresholds = thresholds(places.subList(i, places.size()));
      if (thresholds != null && place.layer() instanceof FixedBinaryConv2d conv) {
        builder.binaryConv2d(place.path(), thresholds.weights(), conv.window(),
            BinaryResult.signs(thresholds.thresholds()));
        i++;
      } else {
        add(builder, place.path(), place.layer());
      }
    }
  }

  /**
   * Returns the thresholds that a binary convolution and its norm become, or null where the first
   * layers are others. They do where only signs are taken of the result: a binary convolution comes
   * next, perhaps behind poolings, as the sign of the largest word is the largest sign.
   */
  private @Nullable SignThresholds thresholds(List<Place> places) {
    if (places.size() < 3 || !(places.get(0).layer() instanceof FixedBinaryConv2d conv)
        || !(places.get(1).layer() instanceof FixedBatchNorm2d norm)) {
      return null;
    }
    TapeLayer reader = places.stream().skip(2).map(Place::layer)
        .filter(layer -> !(layer instanceof MaxPool2d)).findFirst().orElse(conv);
    if (reader == conv || !(reader instanceof FixedBinaryConv2d)) {
      return null;
    }
    FixedTensor signs = signs(conv);
    NetworkBuilder between = Network.builder(conv.exactSum(), signs.dimension(0))
        .cast("sum", conv.outputCast().format());
    norm(between, "norm", norm);
    return SignThresholds.of(between.build(), signs);
  }

  /** Returns the signs of the weights, as +1 and -1. */
  private FixedTensor signs(FixedBinaryConv2d conv) {
    return conv.sum().product().arranged(FixedWords.of(conv.words(tape)));
  }

  private void add(NetworkBuilder builder, String path, TapeLayer layer) {
    switch (layer) {
      case FixedCast cast -> builder.cast(path, cast.format());
      case ProductLayer product -> add(
          builder, path, product.sum(), product.words(tape), product.bias(tape),
          product.kHot());
      case FixedBinaryConv2d conv -> builder.binaryConv2d(path, signs(conv),
          conv.window(), BinaryResult.sums(conv.outputCast().format()));
      case FixedBatchNorm2d norm -> norm(builder, path, norm);
      case FixedReLU relu -> builder.relu(path, relu.outputCast().format());
      case FixedLeakyReLU leaky -> builder.leakyRelu(
          path, leaky.slope(), leaky.outputCast().format());
      case FixedLookUp look -> builder.lookUp(path, look.table(builder.resultFormat()));
      case FixedAdd add -> residual(builder, path, add);
      case MaxPool2d pool -> builder.maxPool(path, pool.window());
      case FixedAvgPool2d pool -> average(builder, path, pool);
      case Flatten _ -> builder.flatten(path);
      default -> throw new IllegalArgumentException(
          "layer " + path + " is a " + layer.getClass().getSimpleName()
              + ": an integer network has none");
    }
  }

  private static void add(NetworkBuilder builder, String path, FixedSum sum, Tensor weights,
      @Nullable Tensor bias, @Nullable KHot kHot) {
    FixedTensor arranged = sum.product().arranged(FixedWords.of(weights));
    Weights words = weights(arranged, kHot);
    var stage = sum.stage(sum.output().format(), bias);
    switch (sum.product()) {
      case Product.Dense _ -> builder.dense(path, words, stage);
      case Product.Convolution conv -> builder.conv2d(path, words, conv.window(), stage);
      case Product.Depthwise conv -> builder.conv2d(path, words, conv.window(), stage);
    }
  }

  private static Weights weights(FixedTensor words, @Nullable KHot kHot) {
    return kHot == null ? Weights.of(words) : Weights.kHot(words, kHot.k(), kHot.rule());
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
      builder.averagePoolOfPadded(path, window, result);
    }
  }

  private void residual(NetworkBuilder builder, String path, FixedAdd add) {
    TapeLayer body = add.body();
    TapeLayer shortcut = add.shortcut();
    FixedFormat result = add.outputCast().format();
    Consumer<NetworkBuilder> bodyOf = branch -> addBranch(branch, path + ".body", body);
    Consumer<NetworkBuilder> shortcutOf = branch -> {
      if (shortcut != null) {
        addBranch(branch, path + ".shortcut", shortcut);
      }
    };
    switch (add.activation()) {
      case NONE -> builder.add(path, bodyOf, shortcutOf, result);
      case RELU -> builder.residualAdd(path, bodyOf, shortcutOf, result);
    }
  }

  private void addBranch(NetworkBuilder builder, String path, TapeLayer layer) {
    List<Place> places = new ArrayList<>();
    collect(path, layer, places);
    add(builder, places);
  }
}
