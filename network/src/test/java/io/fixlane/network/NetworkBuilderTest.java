package io.fixlane.network;

import static io.fixlane.network.SmallNetwork.W;
import static io.fixlane.network.SmallNetwork.WIDE;
import static io.fixlane.network.SmallNetwork.X;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What cannot be built is refused, and the layer named. */
class NetworkBuilderTest {
  private static final OutputStage STAGE = OutputStage.to(X);
  private static final Weights ONE = weights(1, 1);

  private static Weights weights(int... shape) {
    return Weights.of(FixedTensor.allocate(W, shape));
  }

  private static NetworkBuilder features() {
    return Network.builder(X, 3);
  }

  private static NetworkBuilder image() {
    return Network.builder(X, 4, 4, 2);
  }

  /** Requires a layer named "it" to be refused, and to leave the builder as it was. */
  private static void assertRefused(
      NetworkBuilder builder, Consumer<NetworkBuilder> layer, String message) {
    int[] shape = builder.resultShape();
    assertThatIllegalArgumentException().isThrownBy(() -> layer.accept(builder))
        .withMessage("layer \"it\": " + message);
    assertThat(builder.resultShape()).isEqualTo(shape);
    builder.cast("it", X).flatten("flatten").build();
  }

  @Test
  void matrices() {
    assertRefused(features(), b -> b.dense("it", weights(2, 3), STAGE), "weights have the shape "
        + "[2, 3]: they must be k x n words, with k = 3, the features of the input");
    assertRefused(features(), b -> b.dense("it", weights(3, 0), STAGE),
        "weights have the shape [3, 0]: they must be k x n words");
    assertRefused(image(), b -> b.dense("it", ONE, STAGE),
        "its input has the shape [4, 4, 2]: it must be features, as flatten gives them");
    assertRefused(features(),
        b -> b.dense("it", weights(3, 2), STAGE.withBias(FixedTensor.allocate(X, 3))),
        "bias has 3 words: it must have one for each of 2 channels");
    assertRefused(features(), b -> b.dense("it", weights(3, 2), STAGE.withResidualAdd(X, X)),
        "the output stage adds a residual: in a network residualAdd does");
    assertRefused(features(),
        b -> b.dense("it", weights(3, 2), OutputStage.toEach(List.of(X, X))),
        "the output channels have formats of their own: in a network a layer has one format");
  }

  @Test
  void convolutions() {
    Window window = Window.of(1, 1);
    assertRefused(features(), b -> b.conv2d("it", weights(1, 1, 1, 1), window, STAGE),
        "its input has the shape [3]: it must be rows x columns x channels");
    assertRefused(image(), b -> b.conv2d("it", weights(1, 2, 1, 3), window, STAGE),
        "weights have the shape [1, 2, 1, 3]: they must be outputs x channels of a group x 1 x 1,"
            + " the kernel of the window");
    assertRefused(image(), b -> b.conv2d("it", weights(1, 3, 1, 1), window, STAGE),
        "weights have 3 channels of a group: they must divide the 2 channels of the input");
    assertRefused(image(), b -> b.conv2d("it", weights(1, 1, 1, 1), window, STAGE),
        "weights have 1 outputs: there must be one at least, and as many in each of 2 groups");
    assertRefused(image(), b -> b.conv2d("it", weights(1, 2, 5, 1), Window.of(5, 1), STAGE),
        "the kernel spans 5 rows: it must fit in the padded image, which has 4");
  }

  @Test
  void channels() {
    FixedTensor two = FixedTensor.allocate(X, 2);
    assertRefused(image(), b -> b.scaleAndShift("it", weights(3), two, X),
        "scale has the shape [3]: it must be [2], a word for each channel");
    assertRefused(image(), b -> b.scaleAndShift("it", weights(2), FixedTensor.allocate(X, 1), X),
        "shift has the shape [1]: it must be [2], a word for each channel");
  }

  @Test
  void thresholds() {
    Fixed start = Fixed.ofRaw(X, 100);
    assertRefused(features(), b -> b.threshold("it", SmallNetwork.words(X), start, 1),
        "thresholds has the shape"
            + " [0]: it must have one list at least, with a threshold in its last dimension");
    assertRefused(features(),
        b -> b.threshold("it", SmallNetwork.words(X, new int[] {1, 1, 1}, 1), start, 1),
        "thresholds has the shape [1, 1, 1]: it must be one list, or one for each channel, channels"
            + " x thresholds");
    assertRefused(features(),
        b -> b.threshold("it", SmallNetwork.words(X, new int[] {2, 1}, 1, 2), start, 1),
        "thresholds has the shape [2, 1]: it must be one list, or [3, 1], one for each channel");
    assertRefused(features(), b -> b.threshold("it", SmallNetwork.words(X, 1, 0), start, 1),
        "thresholds has raw word 0 at 1: it must not be below the one before it, 1");
    assertRefused(features(), b -> b.threshold("it", SmallNetwork.words(X, 1, 2), start, 14),
        "the last of 2 steps of 14 from 100 is 128: it is out of range for " + X);
  }

  @Test
  void poolingAndSlopes() {
    assertRefused(image(), b -> b.maxPool("it", Window.of(2, 2).withDilation(2, 1)),
        "the window is 2 x 2, dilation 2 x 1: pooling takes no dilation");
    assertRefused(image(), b -> b.averagePool("it", Window.of(2, 2).withPadding(0, 2, 0, 0), X),
        "paddingBottom is 2: it must be smaller than kernelHeight, 2, in a pooling");
    assertRefused(features(), b -> b.globalAveragePool("it", X),
        "its input has the shape [3]: it must be rows x columns x channels");
    assertRefused(features(), b -> b.leakyRelu("it", -1, X),
        "slopeShift is -1: the slope 2^-slopeShift must be at most 1");
  }

  @Test
  void blocks() {
    assertRefused(features(), b -> b.add("it", _ -> {}, X),
        "its body has no layers: it must have one");
    assertRefused(image(), b -> b.add("it", body -> body.flatten("inner"), X),
        "its body gives " + X + " [32] and its shortcut " + X
            + " [4, 4, 2]: the shapes must be the same");
    assertRefused(features(),
        b -> b.add("it", body -> body.cast("a", X).dense("inner", ONE, STAGE), X),
        "layer \"inner\": weights have the shape [1, 1]: they must be k x n words, with k = 3,"
            + " the features of the input");
    assertRefused(features(), b -> b.add("it", body -> body.cast("a", X).build(), X),
        "a block is no network: the builder around it builds one");
    NetworkBuilder again = features();
    assertRefused(again, b -> b.add("it", body -> body.cast("a", X).cast("b", X),
        shortcut -> shortcut.flatten("a"), X),
        "layer \"a\": the network has another layer of this name");
    assertThat(again.cast("a", X).cast("b", X).build().layerNames())
        .containsExactly("it", "flatten", "a", "b");
  }

  @Test
  void concatsAndLargerImages() {
    assertRefused(image(), b -> b.concat("it", _ -> {}, _ -> {}, X),
        "its branches have no layers: one of them must have one");
    assertRefused(image(), b -> b.concat("it", _ -> {}, one -> one.upsample("up", 1, 2), X),
        "its first branch gives " + X + " [4, 4, 2] and its second " + X
            + " [4, 8, 2]: the shapes must be the same but for the last dimension");
    assertRefused(image(), b -> b.concat("it", one -> one.flatten("flat"), _ -> {}, X),
        "its first branch gives " + X + " [32] and its second " + X
            + " [4, 4, 2]: the shapes must be the same but for the last dimension");
    assertRefused(image(), b -> b.upsample("it", 0, 1),
        "factorY is 0 and factorX 1: both must be positive");
    assertRefused(features(), b -> b.upsample("it", 1, 1),
        "its input has the shape [3]: it must be rows x columns x channels");
    assertRefused(image(), b -> b.upsample("it", 1 << 14, 1 << 13),
        "the shape is [65536, 32768, 2] of " + X
            + ": a sample must take at most 2147483639 bytes");
  }

  @Test
  void formats() {
    assertRefused(features(), b -> b.cast("it", FixedFormat.signed(65, 1)),
        "the format is ap_fixed<65,1>: kernels take words of at most 64 bits");
    FixedFormat far = FixedFormat.signed(8, 1033);
    String message = "the format is ap_fixed<8,1033> with -1025 fraction bits: in a network they"
        + " lie in -1024..1024";
    assertRefused(features(), b -> b.relu("it", far), message);
    assertRefused(image(), b -> b.globalAveragePool("it", far), message);
    assertRefused(features(), b -> b.dense("it", weights(3, 1), OutputStage.to(far)), message);
    assertRefused(features(), b -> b.dense("it", weights(3, 1), STAGE.withAccumulator(far)),
        message);
    assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(far, 1))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.of(FixedTensor.allocate(far, 1))).withMessage(message);
    features().cast("largest", FixedFormat.signed(8, 1032))
        .cast("smallest", FixedFormat.signed(8, -1016)).build();
  }

  @Test
  void names() {
    for (String name : new String[] {"", "a\n", "caf\u00e9", "x".repeat(101)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> features().cast(name, X))
          .withMessageStartingWith("the layer's name is \"" + name + "\"");
    }
    features().cast("x".repeat(100), X);
  }

  @Test
  void shapesAndWords() {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(X))
        .withMessage("the shape is []: a sample must have 1 to 8 dimensions");
    assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(X, 2, 0))
        .withMessage("the shape is [2, 0]: a dimension must be positive");
    assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(WIDE, 1 << 15, 1 << 15))
        .withMessage("the shape is [32768, 32768] of ap_fixed<16,12>: a sample must take at most"
            + " 2147483639 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> features().build())
        .withMessage("the network has no layers: it must have one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.of(FixedTensor.of(W, new byte[] {0, 4}, 2)))
        .withMessage("weights has the word 4 at 1: it is out of range for ap_fixed<3,3>");
  }
}
