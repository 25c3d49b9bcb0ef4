package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;

/** A network with a layer of every kind, small enough to work out by hand. */
final class SmallNetwork {
  static final FixedFormat X = FixedFormat.parse("ap_fixed<8,8,AP_RND,AP_SAT>");
  static final FixedFormat W = FixedFormat.signed(3, 3);
  static final FixedFormat WIDE = FixedFormat.signed(16, 12);

  private SmallNetwork() {}

  static FixedTensor words(FixedFormat format, int[] shape, long... raws) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    for (int i = 0; i < raws.length; i++) {
      words.setRaw(i, raws[i]);
    }
    return words;
  }

  static FixedTensor words(FixedFormat format, long... raws) {
    return words(format, new int[] {raws.length}, raws);
  }

  private static FixedTensor binary() {
    FixedTensor weights = FixedTensor.allocate(W, 18, 18);
    for (int i = 0; i < 18 * 18; i++) {
      weights.setRaw(i, i * i % 5 - 2);
    }
    return weights;
  }

  static Network network() {
    OutputStage stage = OutputStage.to(X);
    return Network.builder(X, 4, 4, 1)
        .concat("skip", _ -> {}, smaller -> smaller
            .maxPool("down", Window.of(2, 4).withStride(2, 4)).cast("wider", WIDE)
            .upsample("up", 2, 4), X)
        .conv2d("conv", Weights.of(words(W, new int[] {2, 1, 1, 2}, 1, 2, -1, 0)),
            Window.of(1, 2), stage.withBias(words(X, 1, -1)).withAccumulator(WIDE).withRelu())
        .maxPool("max", Window.of(2, 1).withStride(2, 1))
        .residualAdd("block", body -> body
            .conv2d("depthwise", Weights.kHot(words(W, new int[] {2, 1, 1, 1}, 3, -2), 1,
                KHotRule.NEAREST), Window.of(1, 1), stage)
            .add("inner", inner -> inner.leakyRelu("leaky", 1, WIDE), X),
            shortcut -> shortcut.cast("wide", WIDE), X)
        .averagePool("average", Window.of(1, 2).withStride(1, 1), X)
        .averagePoolOfPadded("padded", Window.of(2, 2).withPadding(1, 1), X)
        .scaleAndShift("norm", Weights.of(words(W, 2, -1)), words(X, 1, 5), X)
        .binaryConv2d("signs", words(W, new int[] {2, 2, 1, 3}, 1, -1, 1, 1, -1, -1, -1, 1, 1, 1,
            1, -1), Window.of(1, 3).withPadding(0, 1), BinaryResult.signs(0, 2))
        .flatten("flatten")
        .binaryDense("binary", binary(), BinaryResult.sums(X))
        .dense("dense", Weights.of(words(W, new int[] {18, 3},
            1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1,
            1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1)),
            stage.withScaleAndShift(words(W, 1, 2, -1), words(X, 0, 0, 1), X))
        .relu("relu", X)
        .threshold("levels", words(WIDE, new int[] {3, 2}, 0, 16, -16, 32, 8, 1_600),
            Fixed.ofRaw(X, -1), 2)
        .build();
  }
}
