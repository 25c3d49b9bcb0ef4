package io.fixlane.hardware.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.Models;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.VerilogProject;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that random ones do not come near. */
class SpecialNetworksTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<5,2,AP_RND,AP_SAT>");

  @TempDir
  private Path folder;

  @BeforeAll
  static void simulator() {
    Simulator.assume();
  }

  private void requireRight(Network network) throws Exception {
    VerilogProject.of(network, "net", VerilogOptions.DEFAULT).write(folder, true);
    assertThat(Simulator.bench(folder, "net")).startsWith("PASS ").doesNotContain("FAIL");
  }

  private static FixedTensor words(FixedFormat format, int... shape) {
    FixedTensor words = FixedTensor.allocate(format, shape);
    Random random = new Random(7);
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, random.nextLong(
          format.minRaw().longValueExact(), format.maxRaw().longValueExact()));
    }
    return words;
  }

  @Test
  void wideWords() throws Exception {
    FixedFormat wide = FixedFormat.parse("ap_fixed<62,20,AP_RND_CONV,AP_SAT>");
    requireRight(Network.builder(FixedFormat.parse("ap_ufixed<64,64>"), 3)
        .cast("cast", FixedFormat.parse("ap_fixed<40,12,AP_RND_INF,AP_WRAP_SM,3>"))
        .dense("dense", Weights.of(words(FixedFormat.signed(30, 4), 3, 4)),
            OutputStage.to(wide).withBias(words(wide, 4)))
        .cast("narrow", FixedFormat.parse("ap_ufixed<64,30,AP_RND_ZERO,AP_SAT>"))
        .build());
  }

  @Test
  void staircases() throws Exception {
    requireRight(Models.staircases());
  }

  /** Every memory where branches meet holds what one is ahead of the other. */
  @Test
  void branchesSideBySide() throws Exception {
    requireRight(Models.unet(5));
    requireRight(Network.builder(X, 1, 3, 2)
        .concat("same", one -> one.upsample("up", 3, 2), other -> other.cast("wide",
            FixedFormat.parse("ap_fixed<9,5,AP_RND,AP_WRAP>")).upsample("upper", 3, 2),
            FixedFormat.parse("ap_ufixed<4,1,AP_RND_CONV,AP_SAT>"))
        .build());
  }

  @Test
  void farBinaryPoints() throws Exception {
    requireRight(Network.builder(FixedFormat.signed(8, 4), 4)
        .cast("tiny", FixedFormat.parse("ap_fixed<16,-90,AP_RND_INF,AP_WRAP_SM>"))
        .leakyRelu("leaky", Fixed.ofRaw(FixedFormat.signed(8, 60), -77),
            FixedFormat.parse("ap_fixed<9,5,AP_RND_CONV,AP_WRAP>"))
        .cast("huge", FixedFormat.parse("ap_fixed<12,400,AP_RND_MIN_INF,AP_SAT>"))
        .build());
  }

  @Test
  void samplesOfOtherDimensions() throws Exception {
    requireRight(Network.builder(X, 3, 2)
        .relu("relu", FixedFormat.parse("ap_ufixed<4,2>"))
        .flatten("flatten")
        .dense("dense", Weights.of(words(X, 6, 2)), OutputStage.to(X))
        .build());
    requireRight(Network.builder(X, 2, 2, 2, 3)
        .add("block", body -> body.scaleAndShift("norm", Weights.of(words(X, 3)), words(X, 3), X),
            X)
        .build());
  }

  @Test
  void branchesOfDifferentLength() throws Exception {
    Window same = Window.of(3, 3).withPadding(1, 1);
    requireRight(Network.builder(X, 6, 5, 2)
        .residualAdd("long body", body -> body
            .conv2d("a", Weights.of(words(X, 2, 2, 3, 3)), same, OutputStage.to(X))
            .conv2d("b", Weights.of(words(X, 2, 2, 3, 3)), same, OutputStage.to(X)), X)
        .add("long shortcut", body -> body.cast("c", X), shortcut -> shortcut
            .conv2d("d", Weights.of(words(X, 2, 2, 5, 5)), Window.of(5, 5).withPadding(2, 2),
                OutputStage.to(X))
            .residualAdd("inner", inner -> inner.maxPool("pool", same), X), X)
        .globalAveragePool("global", X)
        .build());
  }

  @Test
  void branchesThatShrink() throws Exception {
    Window strided = Window.of(2, 2).withStride(2, 2);
    requireRight(Network.builder(X, 4, 4, 1)
        .add("down", body -> body
            .binaryConv2d("signs", words(X, 1, 1, 2, 2), strided, BinaryResult.sums(X)),
            shortcut -> shortcut.averagePool("mean", strided, X), X)
        .averagePool("third", Window.of(2, 2).withPadding(1, 1),
            FixedFormat.parse("ap_fixed<9,2,AP_RND_CONV>"))
        .build());
  }
}
