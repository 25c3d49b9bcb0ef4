package io.fixlane.jmh.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.fixlane.jmh.TrainingBatch;
import io.fixlane.jmh.TrainingStepBenchmark.Network;
import io.fixlane.jmh.peers.library.Torch;
import java.util.List;

/**
 * The networks of {@link io.fixlane.jmh.TrainingStepBenchmark} in libtorch, for images of channels
 * x height x width. With fixed-point casts, those of 8 bits are on the images, the weights and what
 * the ReLUs give: fewer than ours, which also cast what convolutions, normalisations and pooling
 * give.
 */
final class TorchNetwork {
  private final TorchParameters parameters;
  private final boolean fixed;
  private final Layer layers;

  TorchNetwork(Network network, boolean fixed, TorchParameters parameters) {
    this.parameters = parameters;
    this.fixed = fixed;
    this.layers = switch (network) {
      case SMALL -> sequence(
          conv(1, 16, 3, 1), relu(), conv(16, 32, 3, 2), relu(), averageAndLinear(32));
      case RESNET8 -> sequence(conv(3, 16, 3, 1), relu(), block(16, 16, 1), relu(),
          block(16, 32, 2), relu(), block(32, 64, 2), relu(), averageAndLinear(64));
    };
  }

  /** Computes something of a batch. */
  @FunctionalInterface
  private interface Layer {
    NDArray forward(NDArray x);
  }

  /** Computes the logits of images. */
  NDArray forward(NDArray images) {
    return layers.forward(cast(images, 5));
  }

  private NDArray cast(NDArray x, int integerBits) {
    return fixed ? Torch.fakeQuantize(x, integerBits) : x;
  }

  private static Layer sequence(Layer... layers) {
    List<Layer> all = List.of(layers);
    return images -> {
      NDArray x = images;
      for (Layer layer : all) {
        x = layer.forward(x);
      }
      return x;
    };
  }

  /** A convolution and its batch normalisation. */
  private Layer conv(int inputs, int outputs, int kernel, int stride) {
    NDArray weights = parameters.normal(outputs, inputs, kernel, kernel);
    TorchParameters.Norm norm = parameters.norm(outputs);
    int padding = kernel / 2;
    return x -> norm.forward(x.getNDArrayInternal().convolution(x, cast(weights, 2), null,
        new Shape(stride, stride), new Shape(padding, padding), new Shape(1, 1), 1)
        .singletonOrThrow());
  }

  private Layer relu() {
    return x -> cast(x.getNDArrayInternal().relu(), 4);
  }

  private Layer block(int inputs, int outputs, int stride) {
    Layer body = sequence(
        conv(inputs, outputs, 3, stride), relu(), conv(outputs, outputs, 3, 1));
    Layer shortcut = inputs == outputs ? x -> x : conv(inputs, outputs, 1, stride);
    return x -> body.forward(x).add(shortcut.forward(x));
  }

  private Layer averageAndLinear(int channels) {
    NDArray weights = parameters.normal(TrainingBatch.CLASSES, channels);
    NDArray bias = parameters.zeros(TrainingBatch.CLASSES);
    return x -> Linear.linear(
        x.reshape(TrainingBatch.SIZE, channels, -1).mean(new int[] {2}), cast(weights, 1), bias)
        .singletonOrThrow();
  }
}
