package io.fixlane.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link VerilogProject}. */
class VerilogExample {
  @Test
  void verilog() throws HardwareException {
    FixedFormat x = FixedFormat.parse("ap_fixed<6,3,AP_RND,AP_SAT>");
    FixedTensor words = FixedTensor.of(x, new byte[] {1, -3, 11, 6, 21, 9, -7, 5}, 4, 2);
    Network network = Network.builder(x, 4)
        .dense("fc", Weights.of(words), OutputStage.to(x).withRelu())
        .build();
    // @start region="verilog"
    VerilogProject project = VerilogProject.of(network, "scorer",
        VerilogOptions.DEFAULT.withLatencyCut(2).withSamples(100));
    assertThat(project.latency()).isEqualTo(3);
    assertThat(project.interval()).isEqualTo(1);
    assertThat(project.estimates().getFirst().adders()).isEqualTo(10);
    assertThat(project.files()).containsKeys("rtl/scorer.v", "rtl/scorer_layer_fc.v", "Makefile");
    // @end
  }
}
