package io.fixlane.hardware.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.VerilogOptions.Multipliers;
import io.fixlane.hardware.VerilogProject;
import io.fixlane.network.Network;
import io.fixlane.random.Draws;
import io.fixlane.random.RandomNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Random networks: every word of every layer, and every clock, is as it should be. */
class RandomNetworksTest {
  static final List<Long> seeds = LongStream.range(0, 40).boxed().toList();

  @BeforeAll
  static void simulator() {
    Simulator.assume();
  }

  @ParameterizedTest
  @FieldSource("seeds")
  void everyWordIsTheNetworks(long seed, @TempDir Path folder) throws Exception {
    Network network = new RandomNetwork(seed, Draws.hardware(false)).network();
    VerilogOptions options = VerilogOptions.DEFAULT
        .withSamples(5)
        .withLimit(1_000_000)
        .withLatencyCut((int) (seed % 4))
        .withSharing(seed % 3 > 0)
        .withMultipliers(Multipliers.values()[seed % 5 > 2 ? (int) (seed % 5) - 2 : 0]);
    VerilogProject.of(network, "net", options).write(folder, true);
    String printed = Simulator.bench(folder, "net");
    assertThat(printed).as("%s", network.explain()).startsWith("PASS 5 samples in 3 runs")
        .doesNotContain("FAIL");
  }
}
