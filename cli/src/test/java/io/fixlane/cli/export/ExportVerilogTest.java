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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane export --verilog}. */
class ExportVerilogTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<6,3,AP_RND,AP_SAT>");

  @TempDir
  private Path folder;
  private Path network;
  private Path project;

  @BeforeEach
  void save() throws Exception {
    network = folder.resolve("small net.fxn");
    project = folder.resolve("project");
    FixedTensor weights = FixedTensor.of(X, new byte[] {1, -3, 11, 6, 21, 9, -7, 5}, 4, 2);
    Network.builder(X, 4).dense("fc", Weights.of(weights), OutputStage.to(X)).build()
        .save(network);
  }

  private Run export(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("export", network.toString(), "--verilog", project.toString()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void aProjectIsWritten() throws Exception {
    Run run = export();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("The Verilog project small_net is in " + project + ".\n"
        + "A sample takes ").contains(" one comes out every 1; by estimate ");
    assertThat(project.resolve("rtl/small_net.v")).exists();
    assertThat(Files.readString(project.resolve("rtl/small_net_layer_fc.v")))
        .contains("fixlane_add").doesNotContain("fixlane_multiply");
  }

  @Test
  void multipliersAndNameAreTaken() throws Exception {
    assertThat(export("--multipliers", "dsp", "--name", "top").exitCode()).isZero();
    assertThat(Files.readString(project.resolve("rtl/top_layer_fc.v")))
        .contains("fixlane_multiply");
  }

  @Test
  void aFolderIsReplacedByForceAlone() {
    export();
    Run again = export();
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).startsWith("fixlane: --verilog is " + project
        + ": something is there; --force replaces a folder");
    assertThat(export("--force").exitCode()).isZero();
  }

  @Test
  void whatIsTooLargeIsRefused() {
    Run run = export("--limit", "20");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("fixlane: NETWORK is " + network + ": fc needs about ")
        .contains(" LUTs as adders: over the limit of 20; --limit changes it");
    assertThat(project).doesNotExist();
  }

  @Test
  void mistakesAreNamed() {
    assertThat(export("--multipliers", "none").err()).startsWith(
        "fixlane: --multipliers is 'none': it must be shift-add or dsp");
    assertThat(export("--latency-cut", "-1").err()).startsWith("fixlane: --latency-cut is -1: ");
    assertThat(export("--samples", "0").err()).startsWith("fixlane: --samples is 0: ");
    assertThat(export("--name", "module").err()).startsWith("fixlane: --name is 'module': ");
    assertThat(export("--hls", "other").exitCode()).isEqualTo(2);
    assertThat(export("--reuse", "3").exitCode()).isEqualTo(2);
    assertThat(project).doesNotExist();
  }
}
