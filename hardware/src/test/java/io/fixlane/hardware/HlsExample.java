package io.fixlane.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.network.Network;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documentation. */
class HlsExample {
  @TempDir
  private Path folder;

  @Test
  void aNetworkBecomesAProject() throws HardwareException, IOException {
    Network network = Models.mlp(8, null);
    // @start region="hls"
    HlsOptions options = HlsOptions.DEFAULT
        .withPorts(HlsInterface.STREAM)
        .withReuse(16)
        .withClock(BigDecimal.valueOf(4));
    HlsProject.of(network, "classifier", options).write(folder.resolve("project"), false);
    // @end
    // @start region="names"
    // Each layer is a function of this name, and tb_data/layer_hidden.hex its words.
    assertThat(LayerNames.of(network)).containsEntry("hidden", "layer_hidden");
    // @end
    assertThat(folder.resolve("project/firmware/classifier.cpp")).isRegularFile();
    assertThat(Files.readString(folder.resolve("project/hls_config.cfg"))).contains("clock=4ns\n");
  }
}
