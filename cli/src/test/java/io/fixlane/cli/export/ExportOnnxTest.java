package io.fixlane.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane export --onnx}. */
class ExportOnnxTest {
  @TempDir
  private Path folder;

  private String save(Network network) throws Exception {
    Path file = folder.resolve("net.fxn");
    network.save(file);
    return file.toString();
  }

  @Test
  void aModelIsWritten() throws Exception {
    Network network = Network.builder(FixedFormat.signed(6, 3), 4)
        .relu("relu", FixedFormat.unsigned(4, 2)).build();
    Path model = folder.resolve("words.onnx");
    Run run = Run.of("export", save(network), "--onnx", model.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("The ONNX model is in " + model
        + ": it takes words of ap_fixed<6,3>, and gives words of ap_ufixed<4,2>.\n");
    assertThat(Files.readAllBytes(model)).isEqualTo(Onnx.toBytes(network));
  }

  @Test
  void mistakes() throws Exception {
    String file = save(Network.builder(FixedFormat.signed(64, 40), 4)
        .cast("wide", FixedFormat.signed(64, 3)).build());
    Path model = folder.resolve("words.onnx");
    Run wide = Run.of("export", file, "--onnx", model.toString());
    assertThat(wide.exitCode()).isEqualTo(2);
    assertThat(wide.err()).startsWith("fixlane: NETWORK is " + file + ": layer 'wide': ")
        .contains("64 bits");
    assertThat(model).doesNotExist();
    Run same = Run.of("export", file, "--onnx", file);
    assertThat(same.err()).startsWith("fixlane: --onnx is " + file
        + ": it is the file of NETWORK too");
    Run check = Run.of("export", file, "--onnx", model.toString(), "--check");
    assertThat(check.err()).startsWith("fixlane: --onnx is given: --name, --samples, --check and");
  }
}
