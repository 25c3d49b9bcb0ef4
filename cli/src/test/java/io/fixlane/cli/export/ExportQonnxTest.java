package io.fixlane.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane export --qonnx} and {@code fixlane import}. */
class ExportQonnxTest {
  private static final FixedFormat S6 = FixedFormat.parse("ap_fixed<6,3,AP_RND,AP_SAT>");

  @TempDir
  private Path folder;

  private String save(Network network) throws Exception {
    Path file = folder.resolve("net.fxn");
    network.save(file);
    return file.toString();
  }

  @Test
  void whatIsExportedIsImportedAgain() throws Exception {
    Network network = Network.builder(S6, 2).dense("fc",
        Weights.of(FixedTensor.of(FixedFormat.parse("ap_fixed<4,1,AP_TRN,AP_SAT>"),
            new byte[] {1, -8, 7, 0, 3, 5}, 2, 3)),
        OutputStage.to(S6)).build();
    String file = save(network);
    String model = folder.resolve("model.onnx").toString();
    Run export = Run.of("export", file, "--qonnx", model);
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out()).isEqualTo("The QONNX model is in " + model + ": it takes numbers of "
        + S6 + ", and gives numbers of " + S6 + ".\n");
    Path again = folder.resolve("again.fxn");
    Run run = Run.of("import", model, "--out", again.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("fc  dense, weights 6 of ap_fixed<4,1,AP_TRN,AP_SAT>")
        .endsWith("The network is in " + again + ".\n");
    assertThat(again).hasSameBinaryContentAs(Path.of(file));
    Run other = Run.of(
        "import", model, "--out", again.toString(), "--input-format", "ap_fixed<16,6>");
    assertThat(other.out()).contains("input  ap_fixed<16,6> [2]");
  }

  @Test
  void wideSumsAreSaid() throws Exception {
    FixedFormat wide = FixedFormat.parse("ap_fixed<20,10,AP_TRN,AP_SAT>");
    String file = save(Network.builder(wide, 1).dense("fc", Weights.of(
        FixedTensor.of(wide, new int[] {12345}, 1, 1)), OutputStage.to(wide)).build());
    Run run = Run.of("export", file, "--qonnx", folder.resolve("m.onnx").toString());
    assertThat(run.out()).contains("Sums of layer 'fc' can take 33 bits: tools that compute in "
        + "floats, of 24 bits, may round them.");
  }

  @Test
  void mistakes() throws Exception {
    String file = save(Network.builder(FixedFormat.signed(6, 3), 2)
        .cast("narrow", FixedFormat.signed(4, 3)).build());
    Path model = folder.resolve("model.onnx");
    Run wraps = Run.of("export", file, "--qonnx", model.toString());
    assertThat(wraps.exitCode()).isEqualTo(2);
    assertThat(wraps.err()).startsWith("fixlane: NETWORK is " + file + ": the input: its words are "
        + "ap_fixed<6,3>, which overflows by AP_WRAP: QONNX saturates");
    assertThat(model).doesNotExist();
    Run check = Run.of("export", file, "--qonnx", model.toString(), "--check");
    assertThat(check.err()).startsWith("fixlane: --qonnx is given: --name, --samples, --check and");
    Run none = Run.of("import", model.toString(), "--out", folder.resolve("n.fxn").toString());
    assertThat(none.err()).startsWith("fixlane: MODEL is " + model
        + ": it cannot be read: there is no such file");
    Files.write(model, new byte[] {1, 2, 3});
    Run broken = Run.of("import", model.toString(), "--out", folder.resolve("n.fxn").toString());
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.err()).startsWith("fixlane: MODEL is " + model + ": is no ONNX model");
    Run format = Run.of("import", model.toString(), "--out", folder.resolve("n.fxn").toString(),
        "--input-format", "float");
    assertThat(format.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("n.fxn")).doesNotExist();
  }
}
