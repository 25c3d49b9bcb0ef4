package io.fixlane.network;

import static io.fixlane.network.SmallNetwork.W;
import static io.fixlane.network.SmallNetwork.WIDE;
import static io.fixlane.network.SmallNetwork.X;
import static io.fixlane.network.SmallNetwork.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.plan.Samples;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** Layers whose words are worked out by hand. */
class NetworkTest {
  private static final OutputStage STAGE = OutputStage.to(X);

  private static long[] run(NetworkBuilder builder, long... sample) {
    Network network = builder.build();
    FixedTensor batch =
        words(network.inputFormat(), Samples.shape(network.inputType(), 1), sample);
    return raws(network.run(batch));
  }

  private static long[] raws(FixedTensor words) {
    long[] raws = new long[Math.toIntExact(words.size())];
    for (int i = 0; i < raws.length; i++) {
      raws[i] = words.raw(i);
    }
    return raws;
  }

  @Test
  void denseAddsBiasAndSaturates() {
    // 3 * 1 + 5 * 2 + 4 = 17; 3 * -4 + 5 * 3 - 9 = -6, then 0; 3 * 3 + 5 * 0 + 127 saturates.
    assertThat(run(Network.builder(X, 2).dense("dense",
        Weights.of(words(W, new int[] {2, 3}, 1, -4, 3, 2, 3, 0)),
        STAGE.withBias(words(X, 4, -9, 127)).withRelu()), 3, 5)).containsExactly(17, 0, 127);
  }

  @Test
  void anAccumulatorIsCastAtEveryStep() {
    // 100 + 100 saturates at 127, and 127 - 100 = 27; an exact sum is 100.
    FixedTensor weights = words(W, new int[] {3, 1}, 1, 1, -1);
    assertThat(run(Network.builder(X, 3).dense("dense", Weights.of(weights),
        STAGE.withAccumulator(X)), 100, 100, 100)).containsExactly(27);
    assertThat(run(Network.builder(X, 3).dense("dense", Weights.of(weights), STAGE),
        100, 100, 100)).containsExactly(100);
  }

  @Test
  void convolutionMovesOverRowsColumnsAndChannels() {
    // Pixels of two channels, (1,10) (2,20) / (3,30) (4,40); 1 x 2 kernel, 1 and 2 on the first
    // channel, -1 and 0 on the second: 1 + 2*2 - 10 = -5, 3 + 2*4 - 30 = -19.
    assertThat(run(Network.builder(X, 2, 2, 2).conv2d("conv",
        Weights.of(words(W, new int[] {1, 2, 1, 2}, 1, 2, -1, 0)), Window.of(1, 2), STAGE),
        1, 10, 2, 20, 3, 30, 4, 40)).containsExactly(-5, -19);
  }

  @Test
  void aChannelOfItsOwnMakesADepthwiseConvolution() {
    // Each channel by its own weight, every second column.
    assertThat(run(Network.builder(X, 1, 3, 2).conv2d("conv",
        Weights.of(words(W, new int[] {2, 1, 1, 1}, 3, -2)),
        Window.of(1, 1).withStride(1, 2), STAGE), 1, 10, 2, 20, 3, 30))
        .containsExactly(3, -20, 9, -60);
  }

  @Test
  void signsAreMultiplied() {
    // Of 5, 0, -3 the signs + + -: by + + + and - + -, 1 - 0 = 1 and 1; and less than 2, but not 1.
    FixedTensor weights = words(W, new int[] {3, 2}, 1, -1, 0, 3, 2, -1);
    assertThat(run(Network.builder(X, 3).binaryDense("binary", weights, BinaryResult.sums(X)),
        5, 0, -3)).containsExactly(1, 1);
    assertThat(run(Network.builder(X, 3).binaryDense("binary", weights,
        BinaryResult.signs(2, 1)), 5, 0, -3)).containsExactly(-1, 0);
    // Each pixel with the next by + and -, and what lies outside by nothing.
    assertThat(run(Network.builder(X, 1, 3, 1).binaryConv2d("binary",
        words(W, new int[] {1, 1, 1, 2}, 1, -1), Window.of(1, 2).withPadding(0, 1),
        BinaryResult.sums(X)), 5, 0, -3)).containsExactly(-1, 0, 2, -1);
  }

  @Test
  void signsOfSignsAreSigns() {
    // A sign is its own sign bit: -1, 3, -3 and then + - + against 1 - 1, 0 of + and -.
    assertThat(run(Network.builder(X, 2)
        .binaryDense("first", words(W, new int[] {2, 2}, 1, -1, 1, 1), BinaryResult.signs(1, 1))
        .binaryDense("second", words(W, new int[] {2, 1}, 1, -1), BinaryResult.sums(X)), 7, 7))
        .containsExactly(2);
  }

  @Test
  void scaleAndShiftTakesAWordForEachChannel() {
    // 2-hot 7 is 6 or 8, and the nearer inner one 6: 1 * 6 + 1, 10 * 2 - 1, 2 * 6 + 1, 20 * 2 - 1.
    FixedFormat scale = FixedFormat.signed(6, 6);
    assertThat(run(Network.builder(X, 1, 2, 2).scaleAndShift("norm",
        Weights.kHot(words(scale, 7, 2), 2, KHotRule.NEAREST), words(X, 1, -1), X),
        1, 10, 2, 20)).containsExactly(7, 19, 13, 39);
  }

  @Test
  void functionsOfWords() {
    FixedFormat quarters = FixedFormat.signed(8, 6);
    assertThat(run(Network.builder(X, 3).relu("relu", X), -5, 0, 5)).containsExactly(0, 0, 5);
    // -5 / 4 = -1.25, which is -5 quarters; 5 is 20.
    assertThat(run(Network.builder(X, 3).leakyRelu("leaky", 2, quarters), -5, 0, 5))
        .containsExactly(-5, 0, 20);
    assertThat(run(Network.builder(quarters, 3).cast("cast", X), -6, 6, 1))
        .containsExactly(-1, 2, 0);
  }

  @Test
  void thresholds() {
    // Halves: -1/2 and 2 1/2 for all; or -1 and 127 1/2, which no word reaches, and 1 and 1.
    FixedFormat halves = FixedFormat.signed(9, 8);
    Fixed start = Fixed.ofRaw(X, 10);
    assertThat(run(Network.builder(X, 4).threshold("stairs", words(halves, -1, 5), start, -3),
        -1, 0, 2, 3)).containsExactly(10, 7, 7, 4);
    assertThat(run(Network.builder(X, 2, 1, 2).threshold("stairs",
        words(halves, new int[] {2, 2}, -2, 255, 2, 2), start, 5), -2, 0, 127, 1))
        .containsExactly(10, 10, 15, 20);
  }

  @Test
  void pooling() {
    // (1,-1) (5,-5) / (2,-2) (3,-3): largest, and averages 11/4 = 2.75 and -2.75, to the nearest.
    long[] image = {1, -1, 5, -5, 2, -2, 3, -3};
    Window all = Window.of(2, 2);
    assertThat(run(Network.builder(X, 2, 2, 2).maxPool("max", all), image))
        .containsExactly(5, -1);
    assertThat(run(Network.builder(X, 2, 2, 2).averagePool("average", all, X), image))
        .containsExactly(3, -3);
    assertThat(run(Network.builder(X, 2, 2, 2).globalAveragePool("average", X), image))
        .containsExactly(3, -3);
    // Each corner alone under a kernel of four: 5/4 = 1.25.
    Window corners = all.withPadding(1, 1).withStride(2, 2);
    assertThat(run(Network.builder(X, 2, 2, 2).averagePoolOfPadded("corners", corners, X), image))
        .containsExactly(0, 0, 1, -1, 1, 0, 1, -1);
    assertThat(run(Network.builder(X, 2, 2, 2).averagePool("corners", corners, X), image))
        .containsExactly(image);
    // The last place reaches beyond the padding to the right, which is not counted: 5/2 and 3/2.
    Window ceil = Window.of(1, 3).withPadding(0, 0, 1, 1).withStride(1, 3).ceil();
    assertThat(run(Network.builder(X, 2, 3, 1).averagePoolOfPadded("ceil", ceil, X),
        1, 2, 5, 3, 4, 3)).containsExactly(1, 3, 2, 2);
  }

  @Test
  void blocksAddTheirBranches() {
    FixedTensor twice = words(W, 2, 2);
    FixedTensor none = words(X, 0, 0);
    assertThat(run(Network.builder(X, 2).add("block",
        body -> body.scaleAndShift("twice", Weights.of(twice), none, X), X), 3, -4))
        .containsExactly(9, -12);
    assertThat(run(Network.builder(X, 2).residualAdd("block",
        body -> body.scaleAndShift("twice", Weights.of(twice), none, X),
        shortcut -> shortcut.leakyRelu("leaky", 1, WIDE), X), 3, -4)).containsExactly(9, 0);
  }

  /** max(x W + x, 0): the product's own words are those of a trace, and no others. */
  @Test
  void aProductAtTheEndOfABodyAddsTheShortcut() {
    FixedTensor weights = FixedTensor.of(W, new byte[] {1, 2, -3, 1}, 2, 2);
    Network network = Network.builder(X, 2).residualAdd("block",
        body -> body.dense("product", Weights.of(weights), OutputStage.to(X)), X).build();
    FixedTensor x = words(X, 3, -4);
    assertThat(network.explain()).contains("\n  product adds the shortcut")
        .contains("add a residual of " + X + " into " + X);
    assertThat(network.run(x.reshape(1, 2)).raw(0)).isEqualTo(18);
    assertThat(network.run(x.reshape(1, 2)).raw(1)).isZero();
    assertThat(network.trace(x.reshape(1, 2)).get("block > body > product").raw(0)).isEqualTo(15);
    assertThat(network.trace(x.reshape(1, 2)).get("block > body > product").raw(1)).isEqualTo(2);
  }

  @Test
  void aBlockReadsItsInputTwiceAndInnerOnesToo() {
    // x + ((x + (x + x)) + x): 5 x.
    assertThat(run(Network.builder(X, 1).cast("first", X).add("outer", body -> body
        .add("middle", inner -> inner.add("inner", most -> most.cast("same", X), X), X)
        .cast("after", X), shortcut -> shortcut.add("other", b -> b.cast("b", X), X), X), 7))
        .containsExactly(35);
  }

  @Test
  void branchesLieSideBySide() {
    Network network = Network.builder(X, 2, 2, 1)
        .concat("skip", _ -> {}, smaller -> smaller.maxPool("down", Window.of(2, 2))
            .cast("wide", WIDE).upsample("up", 2, 2), X)
        .build();
    assertThat(network.resultShape()).containsExactly(2, 2, 2);
    assertThat(network.run(words(X, new int[] {1, 2, 2, 1}, 1, -2, 3, 0)).contentEquals(
        words(X, new int[] {1, 2, 2, 2}, 1, 3, -2, 3, 3, 3, 0, 3))).isTrue();
  }

  @Test
  void pixelsBecomeBlocks() {
    Network network = Network.builder(X, 1, 2, 2).upsample("up", 2, 3).build();
    assertThat(network.run(words(X, new int[] {1, 1, 2, 2}, 1, 2, 3, 4)).contentEquals(
        words(X, new int[] {1, 2, 6, 2}, 1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4,
            1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4)))
        .isTrue();
  }

  @Test
  void flattenKeepsTheOrder() {
    NetworkBuilder builder = Network.builder(X, 1, 2, 2).flatten("flatten");
    assertThat(builder.resultShape()).containsExactly(4);
    assertThat(run(builder, 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
    assertThat(run(builder.cast("cast", WIDE).flatten("again"), 1, 2, 3, 4))
        .containsExactly(16, 32, 48, 64);
  }

  @Test
  void theFirstLargestWordIsTheClass() {
    Network network = Network.builder(X, 3).cast("cast", X).build();
    assertThat(network.classify(words(X, new int[] {3, 3}, 1, 9, 9, -1, -3, -2, 4, 0, 5)))
        .containsExactly(1, 0, 2);
    FixedFormat unsigned = FixedFormat.unsigned(64, 64);
    assertThat(Network.builder(unsigned, 2).cast("cast", unsigned).build()
        .classify(words(unsigned, new int[] {2, 2}, 1, -1, -1, 1))).containsExactly(1, 0);
  }

  @Test
  void costsAreCounted() {
    Network network = SmallNetwork.network();
    // conv 4 + 2 words, depthwise 2, norm 2 + 2, signs 12 + 2, binary 324, dense 54 + 3 + 3; 3 bits
    // in whole bytes, or 8, or 1; levels 6 of 16.
    assertThat(network.cost().parameters()).isEqualTo(72 + 14 + 324 + 6);
    assertThat(network.cost().packedBytes())
        .isEqualTo(2 + 2 + 1 + (1 + 2) + (2 + 1) + 41 + (21 + 2 + 3) + 12);
    // conv: 4 weights at 12 places; depthwise: 2 at 6; signs: 12 at 9; dense: 54.
    assertThat(network.cost().signProducts()).isEqualTo(108 + 324);
    assertThat(network.cost().macs()).isEqualTo(48 + 12 + 54 + 108 + 324);
    // Without the K-hot ones and signs; norm: 18, and the dense layer's scales 3.
    assertThat(network.cost().multiplications()).isEqualTo(48 + 54 + 18 + 3);
  }

  @Test
  void batchesOfAnotherKindAreRefused() {
    Network network = Network.builder(X, 3).cast("cast", X).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(FixedTensor.allocate(WIDE, 1, 3)))
        .withMessage("batch has the format ap_fixed<16,12>: it must be " + X);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(FixedTensor.allocate(X, 3)))
        .withMessage("batch has the shape [3]: it must be samples of [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(FixedTensor.allocate(X)))
        .withMessage("batch has the shape []: it must be samples of [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(FixedTensor.allocate(X, 1, 3), Runnable::run, 0))
        .withMessage("parts is 0: it must be positive");
  }

  @Test
  void wordsAreCopied() {
    FixedTensor weights = words(W, new int[] {1, 1}, 2);
    FixedTensor bias = words(X, 1);
    Network network = Network.builder(X, 1)
        .dense("dense", Weights.of(weights), STAGE.withBias(bias)).build();
    byte[] file = network.toBytes();
    weights.setRaw(0, 3);
    bias.setRaw(0, 5);
    assertThat(network.toBytes()).isEqualTo(file);
    assertThat(raws(network.run(words(X, new int[] {1, 1}, 10)))).containsExactly(21);
  }
}
