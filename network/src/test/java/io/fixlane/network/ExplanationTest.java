package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The text of a network. */
class ExplanationTest {
  @Test
  void aNetworkListsItsLayers() {
    String x = SmallNetwork.X.toString();
    assertThat(SmallNetwork.network()).hasToString("""
        input  %1$s [4, 4, 1]
        skip  concat -> %1$s [4, 4, 2]
          first: the input
          second
            down  maxPool 2 x 4, stride 2 x 4 -> %1$s [2, 1, 1]
            wider  cast -> ap_fixed<16,12> [2, 1, 1]
            up  upsample 2 x 4 -> ap_fixed<16,12> [4, 4, 1]
        conv  conv2d 1 x 2, weights 4 of ap_fixed<3,3> -> %1$s [4, 3, 2]
        max  maxPool 2 x 1, stride 2 x 1 -> %1$s [2, 3, 2]
        block  residualAdd -> %1$s [2, 3, 2]
          body
            depthwise  conv2d 1 x 1, weights 2 of ap_fixed<3,3>, 1-hot NEAREST -> %1$s [2, 3, 2]
            inner  add -> %1$s [2, 3, 2]
              body
                leaky  leakyRelu, slope 2^-1 -> ap_fixed<16,12> [2, 3, 2]
              shortcut: the input
          shortcut
            wide  cast -> ap_fixed<16,12> [2, 3, 2]
        average  averagePool 1 x 2 -> %1$s [2, 2, 2]
        padded  averagePoolOfPadded 2 x 2, padding 1 x 1 -> %1$s [3, 3, 2]
        norm  scaleAndShift, scale 2 of ap_fixed<3,3> -> %1$s [3, 3, 2]
        signs  binaryConv2d 1 x 3, padding 0 x 1, weights 12 signs, thresholds of ap_fixed<3,3> \
        -> ap_fixed<1,1> [3, 3, 2]
        flatten  flatten -> ap_fixed<1,1> [18]
        binary  binaryDense, weights 324 signs, sums -> %1$s [18]
        dense  dense, weights 54 of ap_fixed<3,3> -> %1$s [3]
        relu  relu -> %1$s [3]
        levels  threshold, 2 of ap_fixed<16,12> for each channel, steps of 2 from -1 -> %1$s [3]
        total  416 parameters in 90 bytes; 546 MACs, 123 multiplications, 432 products of signs \
        a sample; 0 K-hot adders"""
        .formatted(x));
  }

  @Test
  void explanationsNameCostsAndKernels() {
    // Of 7, 6, 5 and 1, 7 becomes 6: three products of two terms, an adder each.
    FixedTensor words =
        SmallNetwork.words(FixedFormat.signed(4, 4), new int[] {2, 2}, 7, 6, 5, 1);
    Network network = Network.builder(SmallNetwork.X, 2)
        .dense("dense", Weights.kHot(words, 2, KHotRule.NEAREST), OutputStage.to(SmallNetwork.X))
        .build();
    assertThat(network.explain().lines().map(String::strip)).contains(
        "4 parameters in 2 bytes; 4 MACs, 0 multiplications, 0 products of signs a sample; 3 K-hot"
            + " adders",
        "gemm ap_fixed<8,8,AP_RND,AP_SAT> x ap_fixed<4,4>, k = 2, n = 2",
        "output       cast into ap_fixed<8,8,AP_RND,AP_SAT>",
        "total  4 parameters in 2 bytes; 4 MACs, 0 multiplications, 0 products of signs a sample;"
            + " 3 K-hot adders");
  }
}
