package io.fixlane.jmh.peers;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkBuilder;
import io.fixlane.network.layer.Weights;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;

/**
 * A deployed residual network of eight layers, {@link io.fixlane.autograd.models.Model#RESNET8},
 * for images of 32 x 32 pixels and 3 channels, with normalisation folded into the convolutions, as
 * exporters do. Its words have 8 bits; weights are random, of the size that training begins with.
 */
final class ResidualNetwork {
  static final int SIDE = 32;
  static final int CHANNELS = 3;

  private static final FixedFormat PIXEL = FixedFormat.parse("ap_ufixed<8,0,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat POSITIVE =
      FixedFormat.parse("ap_ufixed<8,2,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat SIGNED = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat WEIGHT = FixedFormat.parse("ap_fixed<8,1,AP_RND_CONV,AP_SAT>");

  private final Random random = new Random(1);

  private ResidualNetwork() {}

  static Network make() {
    ResidualNetwork make = new ResidualNetwork();
    NetworkBuilder builder = Network.builder(PIXEL, SIDE, SIDE, CHANNELS);
    make.conv(builder, "conv1", PIXEL, POSITIVE, CHANNELS, 16, 3, 1);
    make.block(builder, "block1", 16, 16, 1);
    make.block(builder, "block2", 16, 32, 2);
    make.block(builder, "block3", 32, 64, 2);
    return builder.globalAveragePool("average", POSITIVE)
        .dense("output", make.weights(64, 64, 10),
            OutputStage.to(SIGNED).withBias(make.bias(POSITIVE, 10)))
        .build();
  }

  private void block(NetworkBuilder builder, String name, int channels, int outputs, int stride) {
    builder.residualAdd(name, body -> {
      conv(body, name + ".conv1", POSITIVE, POSITIVE, channels, outputs, 3, stride);
      conv(body, name + ".conv2", POSITIVE, SIGNED, outputs, outputs, 3, 1);
    }, shortcut -> {
      if (stride > 1) {
        conv(shortcut, name + ".shortcut", POSITIVE, SIGNED, channels, outputs, 1, stride);
      }
    }, POSITIVE);
  }

  private void conv(NetworkBuilder builder, String name, FixedFormat input, FixedFormat result,
      int channels, int outputs, int kernel, int stride) {
    OutputStage stage = OutputStage.to(result).withBias(bias(input, outputs));
    builder.conv2d(name, weights(channels * kernel * kernel, outputs, channels, kernel, kernel),
        Window.of(kernel, kernel).withPadding(kernel / 2, kernel / 2).withStride(stride, stride),
        result.signed() ? stage : stage.withRelu());
  }

  /** He's start values. */
  private Weights weights(int inputs, int... shape) {
    FixedTensor words = FixedTensor.allocate(WEIGHT, shape);
    double deviation = Math.sqrt(2.0 / inputs);
    float[] values = new float[Math.toIntExact(words.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return Weights.of(FixedTensor.quantize(WEIGHT, values, shape));
  }

  /** Words with the fraction bits of products, between -1/8 and 1/8. */
  private FixedTensor bias(FixedFormat input, int outputs) {
    int fractionBits = input.fractionBits() + WEIGHT.fractionBits();
    FixedTensor words =
        FixedTensor.allocate(FixedFormat.signed(24, 24 - fractionBits), outputs);
    for (int i = 0; i < outputs; i++) {
      words.setRaw(i, random.nextInt(-(1 << fractionBits - 3), 1 << fractionBits - 3));
    }
    return words;
  }
}
