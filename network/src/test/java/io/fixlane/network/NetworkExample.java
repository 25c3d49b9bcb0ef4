package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.shape.Window;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of {@link Network} and what builds it. */
class NetworkExample {
  @Test
  void run() {
    // @start region="run"
    // Three layers of 4-bit weights, two of them in a byte: 4 features, 3, 3, and 2 classes.
    FixedFormat x = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");
    FixedFormat w = FixedFormat.parse("ap_fixed<4,1>");
    byte[] first = {0x4c, 0x21, 0x7e, 0x03, 0x45, 0x6f};
    byte[] second = {0x14, 0x71, 0x2d, 0x35, 0x06};
    byte[] last = {0x3d, (byte) 0xe4, 0x57};
    OutputStage hidden = OutputStage.to(x).withRelu();

    Network network = Network.builder(x, 4)
        .dense("hidden1", Weights.of(BitPackedTensor.of(w, first, 4, 3)), hidden)
        .dense("hidden2", Weights.of(BitPackedTensor.of(w, second, 3, 3)), hidden)
        .dense("classes", Weights.of(BitPackedTensor.of(w, last, 3, 2)), OutputStage.to(x))
        .build();

    FixedTensor samples =
        FixedTensor.quantize(x, new float[] {1, 2, -1, 0.5f, -3, -1.5f, 2, 0}, 2, 4);
    assertThat(network.run(samples)).hasToString("""
        ap_fixed<8,4,AP_RND,AP_SAT> [2, 2]
          1.0625       1
               0  0.4375""");
    assertThat(network.classify(samples)).containsExactly(0, 1);
    // @end
  }

  @Test
  void build() {
    // @start region="build"
    FixedFormat pixel = FixedFormat.unsigned(8, 0);
    FixedFormat w = FixedFormat.signed(4, 1);
    FixedFormat x = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
    OutputStage stage = OutputStage.to(x);
    Window same = Window.of(3, 3).withPadding(1, 1);

    Network network = Network.builder(pixel, 8, 8, 1)
        .conv2d("conv", Weights.of(FixedTensor.allocate(w, 4, 1, 3, 3)), same, stage.withRelu())
        .residualAdd("block", body -> body
            .conv2d("depthwise", Weights.of(FixedTensor.allocate(w, 4, 1, 3, 3)), same, stage)
            .scaleAndShift("norm", Weights.kHot(FixedTensor.allocate(w, 4), 2, KHotRule.NEAREST),
                FixedTensor.allocate(x, 4), x),
            x)
        .flatten("flatten")
        .dense("classes", Weights.of(FixedTensor.allocate(w, 256, 10)), stage)
        .build();

    assertThat(network.resultShape()).containsExactly(10);
    assertThat(network.cost().parameters()).isEqualTo(2640);
    // @end
  }

  @Test
  void weights() {
    // @start region="weights"
    FixedFormat w = FixedFormat.signed(8, 8);
    FixedTensor words = FixedTensor.of(w, new byte[] {7, -11, 96, 0}, 2, 2);
    Weights weights = Weights.kHot(words, 2, KHotRule.NEAREST);
    assertThat(weights.words()).hasToString("""
        ap_fixed<8,8> [2, 2]
            6  -10
           96    0""");
    assertThat(weights).hasToString("4 of ap_fixed<8,8>, 2-hot NEAREST");
    // @end
  }
}
