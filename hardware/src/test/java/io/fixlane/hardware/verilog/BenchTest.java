package io.fixlane.hardware.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.VerilogProject;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the test bench finds. */
class BenchTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<6,3,AP_RND,AP_SAT>");

  @TempDir
  private Path folder;

  @BeforeAll
  static void simulator() {
    Simulator.assume();
  }

  private static Network network(int weight) {
    FixedTensor kernel = FixedTensor.of(X, new byte[] {3, -5, 7, (byte) weight}, 1, 1, 2, 2);
    FixedTensor matrix = FixedTensor.of(X, new byte[] {1, -3, 11, 6, 2, 9, -7, 5}, 4, 2);
    return Network.builder(X, 3, 3, 1)
        .conv2d("conv", Weights.of(kernel), Window.of(2, 2), OutputStage.to(X).withRelu())
        .flatten("flatten")
        .dense("dense", Weights.of(matrix), OutputStage.to(X))
        .build();
  }

  private void write(int weight) throws Exception {
    VerilogProject.of(network(weight), "net", VerilogOptions.DEFAULT).write(folder, true);
  }

  private String bench() throws Exception {
    return Simulator.bench(folder, "net");
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replaceFirst(
        java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
  }

  @Test
  void aRightProjectPasses() throws Exception {
    write(9);
    assertThat(bench()).startsWith("PASS 10 samples in 3 runs, every word of 3 layers;")
        .doesNotContain("FAIL");
  }

  @Test
  void anotherWeightIsFound() throws Exception {
    write(9);
    String words = Files.readString(folder.resolve("sim/data/layer_conv.hex"));
    write(8);
    Files.writeString(folder.resolve("sim/data/layer_conv.hex"), words);
    assertThat(bench()).contains("FAIL conv: vector ").doesNotContain("PASS");
  }

  @Test
  void anotherExpectedWordIsFound() throws Exception {
    write(9);
    Path file = folder.resolve("sim/data/layer_dense.hex");
    String first = Files.readString(file).lines().findFirst().orElseThrow();
    int changed = Integer.parseInt(first, 16) ^ 64;
    change("sim/data/layer_dense.hex", first, Integer.toHexString(changed));
    assertThat(bench()).contains("FAIL dense: vector 0, word 1 is ")
        .contains("FAIL 3 words or clocks are others").doesNotContain("PASS");
  }

  @Test
  void aModuleThatGivesAVectorUpIsFound() throws Exception {
    write(9);
    change("rtl/net_layer_dense.v", "assign go = ~m_axis_tvalid | m_axis_tready;",
        "assign go = 1'b1;");
    assertThat(bench()).contains("changed before it was taken").doesNotContain("PASS");
  }

  @Test
  void anotherLatencyIsFound() throws Exception {
    write(9);
    change("sim/net_bench.v", "localparam LATENCY = ", "localparam LATENCY = 1");
    assertThat(bench()).contains("FAIL latency is ").doesNotContain("PASS");
  }
}
