package io.fixlane.jmh.peers;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.ConvSizes;
import io.fixlane.jmh.RandomWords;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.OutputStage;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.ValueLayout;

/**
 * A convolution 3 x 3 of one image that all libraries compute: 8 bits by 8 bits, with bias, and the
 * cast to 8 bits that rounds ties to even and saturates.
 */
final class ConvTask {
  static final FixedFormat OUTPUT = GemmTask.OUTPUT;
  static final FixedFormat WEIGHT = GemmTask.WEIGHT;

  final FixedFormat activation;
  final ConvSizes sizes;
  /** Height x width x channels. */
  final FixedTensor image;
  /** Outputs x channels of a group x 3 x 3. */
  final FixedTensor weights;
  final FixedTensor bias;

  /** Makes the operands. */
  ConvTask(boolean signed, ConvSizes sizes) {
    this.sizes = sizes;
    activation = FixedFormat.parse(signed ? "ap_fixed<8,3>" : "ap_ufixed<8,3>");
    image = sizes.images(activation);
    weights = sizes.weights(WEIGHT);
    bias = RandomWords.uniform(activation.times(WEIGHT), 3, sizes.outputs());
  }

  boolean signed() {
    return activation.signed();
  }

  Conv2d plan() {
    return sizes.plan(activation, weights, OutputStage.to(OUTPUT).withBias(bias));
  }

  /** Returns the place of results: height x width x outputs. */
  FixedTensor results() {
    return sizes.results(OUTPUT);
  }

  /** Returns our words, height x width x outputs, which are checked against the reference. */
  byte[] words() {
    FixedTensor words = results();
    plan().run(image, words);
    return words.segment().toArray(ValueLayout.JAVA_BYTE);
  }

  /** Returns the words, height x width x outputs, of sums that {@link PairSaturation} makes. */
  byte[] saturatedWords() {
    int channels = sizes.image().channels() / sizes.groups();
    int taps = sizes.window().taps();
    byte[] filters = tapsFirst(weightBytes(), channels, taps);
    int outputs = sizes.outputs();
    int[] sums = new int[sizes.output().size()];
    byte[] pixels = imageBytes();
    for (int pixel = 0; pixel < sums.length / outputs; pixel++) {
      for (int output = 0; output < outputs; output++) {
        int group = output / (outputs / sizes.groups());
        byte[] window = window(pixels, pixel, group * channels, channels);
        sums[pixel * outputs + output] = PairSaturation.sum(
            signed(), window, 0, filters, output * window.length, 1, window.length);
      }
    }
    return GemmTask.cast(GemmTask.addBias(sums, bias), activation.times(WEIGHT));
  }

  /** Returns outputs x channels x taps as outputs x taps x channels. */
  private static byte[] tapsFirst(byte[] weights, int channels, int taps) {
    byte[] turned = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      int output = i / (channels * taps);
      int channel = i / taps % channels;
      turned[(output * taps + i % taps) * channels + channel] = weights[i];
    }
    return turned;
  }

  /** Returns what a result is made of, taps x channels; 0 outside the image. */
  private byte[] window(byte[] pixels, int pixel, int channel, int channels) {
    ImageShape from = sizes.image();
    Window kernel = sizes.window();
    int width = sizes.output().width();
    byte[] window = new byte[kernel.taps() * channels];
    for (int tap = 0; tap < kernel.taps(); tap++) {
      int y = kernel.row(pixel / width, tap / kernel.kernelWidth());
      int x = kernel.column(pixel % width, tap % kernel.kernelWidth());
      if (from.contains(y, x)) {
        System.arraycopy(
            pixels, from.index(y, x, channel), window, tap * channels, channels);
      }
    }
    return window;
  }

  byte[] imageBytes() {
    return image.segment().toArray(ValueLayout.JAVA_BYTE);
  }

  byte[] weightBytes() {
    return weights.segment().toArray(ValueLayout.JAVA_BYTE);
  }

  /** Returns how many products there are; those outside the image count as well. */
  long macs() {
    return sizes.output().pixels() * weights.size();
  }

  /** Returns the fraction bits of a product. */
  int productFraction() {
    return activation.times(WEIGHT).fractionBits();
  }
}
