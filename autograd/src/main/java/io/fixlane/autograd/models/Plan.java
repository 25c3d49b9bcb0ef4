package io.fixlane.autograd.models;

import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatBinaryConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.shape.Window;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects the layers of a network under their names. */
final class Plan {
  private final SequencedMap<String, TapeLayer> layers = new LinkedHashMap<>();
  private final int[] sampleShape;
  private final int classes;
  private final RandomGenerator random;

  Plan(int[] sampleShape, int classes, RandomGenerator random) {
    this.sampleShape = sampleShape;
    this.classes = classes;
    this.random = random;
  }

  int channels() {
    return sampleShape[2];
  }

  int pixels() {
    return Math.multiplyExact(Math.multiplyExact(sampleShape[0], sampleShape[1]), sampleShape[2]);
  }

  int classes() {
    return classes;
  }

  Sequential network() {
    return new Sequential(layers);
  }

  Plan flatten() {
    return add("flatten", new Flatten());
  }

  Plan linear(String name, int inputs, int outputs) {
    return add(name, new Linear(inputs, outputs, random));
  }

  Plan relu(String name) {
    return add(name, new ReLU());
  }

  /** Adds the pooling of 2 x 2. */
  Plan pool(String name) {
    return add(name, new MaxPool2d(2));
  }

  Plan average() {
    return add("average", new GlobalAveragePool());
  }

  /** Adds a convolution of 3 x 3 that keeps the image's size but for its stride, and its norm. */
  Plan conv(String number, int inputs, int outputs, int stride) {
    return conv(number, Window.of(3, 3).withPadding(1, 1).withStride(stride, stride), inputs,
        outputs);
  }

  /** The convolution has no bias: the batch normalisation would take it away again. */
  private Plan conv(String number, Window window, int inputs, int outputs) {
    return add("conv" + number, new FloatConv2d(inputs, outputs, window, Bias.NONE, random))
        .add("norm" + number, new BatchNorm2d(outputs));
  }

  /** Adds a residual block of two convolutions, and the relu after it. */
  Plan block(String name, int inputs, int outputs, int stride) {
    TapeLayer body = within().conv("1", inputs, outputs, stride).relu("relu1")
        .conv("2", outputs, outputs, 1).network();
    return add(name, new Residual(body, shortcut(inputs, outputs, stride)))
        .relu(name + "relu");
  }

  /**
   * Adds a residual block of a binary convolution, whose signs are the activation: what comes to it
   * and what leaves it is not clipped at 0.
   */
  Plan binaryBlock(String name, int inputs, int outputs, int stride) {
    Window window = Window.of(3, 3).withPadding(1, 1).withStride(stride, stride);
    TapeLayer body = within().add("conv", new FloatBinaryConv2d(inputs, outputs, window, random))
        .add("norm", new BatchNorm2d(outputs)).network();
    return add(name, new Residual(body, shortcut(inputs, outputs, stride)));
  }

  /** Adds a binary convolution of 3 x 3, the norm after it, and a pooling where one is wanted. */
  Plan binaryConv(String number, int inputs, int outputs, boolean pools) {
    Window window = Window.of(3, 3).withPadding(1, 1);
    Plan plan = add("conv" + number, new FloatBinaryConv2d(inputs, outputs, window, random))
        .add("norm" + number, new BatchNorm2d(outputs));
    return pools ? plan.pool("pool" + number) : plan;
  }

  /** Returns the shortcut of a block, null where the block changes no shape. */
  private @Nullable TapeLayer shortcut(int inputs, int outputs, int stride) {
    return inputs == outputs && stride == 1
        ? null
        : within().conv("", Window.of(1, 1).withStride(stride, stride), inputs, outputs).network();
  }

  private Plan within() {
    return new Plan(sampleShape, classes, random);
  }

  private Plan add(String name, TapeLayer layer) {
    layers.put(name, layer);
    return this;
  }
}
