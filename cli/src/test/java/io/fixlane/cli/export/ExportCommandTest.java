package io.fixlane.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane export}: projects that are written and checked, and mistakes. */
class ExportCommandTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");

  @TempDir
  private Path folder;

  private Path network;
  private Path project;

  @BeforeEach
  void save() throws IOException {
    network = folder.resolve("my-net.v2.fxn");
    project = folder.resolve("project");
    FixedTensor weights = FixedTensor.allocate(X, 4, 2);
    for (int i = 0; i < 8; i++) {
      weights.setRaw(i, 9 * i - 20);
    }
    Network.builder(X, 4).dense("fc", Weights.of(weights), OutputStage.to(X)).build()
        .save(network);
  }

  private Run export(String... options) {
    List<String> line = new ArrayList<>(
        List.of("export", network.toString(), "--hls", project.toString()));
    line.addAll(List.of(options));
    return Run.of(line.toArray(String[]::new));
  }

  private void assertRefused(String message, String... options) throws IOException {
    Run run = export(options);
    assertThat(run.err()).isEqualTo("fixlane: " + message + "\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(project).doesNotExist();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(network);
    }
  }

  @Test
  void writesAProject() throws IOException {
    Run run = export("--interface", "stream", "--reuse", "2", "--part", "xc7z020clg400-1",
        "--clock", "3.3", "--flow", "vitis", "--samples", "5");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("The HLS project my_net_v2 is in " + project + ".\n");
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(project.resolve("hls_config.cfg"))).contains(
        "part=xc7z020clg400-1\n", "clock=3.3ns\n", "flow_target=vitis\n", "syn.top=my_net_v2\n");
    assertThat(Files.readString(project.resolve("firmware/my_net_v2.cpp")))
        .contains("dense_stream", "taps_at_once = 2;");
    assertThat(Files.readAllLines(project.resolve("tb_data/input.hex"))).hasSize(20);
  }

  @Test
  void aFolderIsReplacedByForceAlone() throws IOException {
    assertThat(export().exitCode()).isZero();
    Path mine = Files.writeString(project.resolve("mine"), "mine");
    Run again = export("--name", "other");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).isEqualTo("fixlane: --hls is " + project
        + ": something is there; --force replaces a folder\n");
    assertThat(mine).exists();
    assertThat(export("--name", "other", "--force").exitCode()).isZero();
    assertThat(mine).doesNotExist();
    assertThat(project.resolve("firmware/other.cpp")).exists();
  }

  @Test
  void mistakesAreNamed() throws IOException {
    assertRefused("--reuse is 0: it must be positive", "--reuse", "0");
    assertRefused("--samples is 0: it must be 1 to 100000", "--samples", "0");
    assertRefused("--part is 'a b': it must be 1 to 100 letters, digits and _ . : -", "--part",
        "a b");
    assertRefused("--name is 'class': C++ or the project uses it for something else", "--name",
        "class");
    assertRefused("--ap-types is x: it is for --check, which is missing", "--ap-types", "x");
    assertRefused("--ap-types is x: there is no ap_fixed.h in it", "--check", "--ap-types", "x");
    network = Files.move(network, folder.resolve("class.fxn"));
    assertRefused("NETWORK is " + network
        + ": its name makes none of a function: --name gives one");
    Files.delete(network);
    assertThat(export().err())
        .isEqualTo("fixlane: NETWORK is " + network + ": there is no such file\n");
  }

  @Test
  void aNetworkThatCannotBeWrittenIsRefusedByItsLayer() throws IOException {
    FixedTensor weights = FixedTensor.allocate(X, 100, 50);
    Network.builder(X, 100).dense("fc", Weights.of(weights), OutputStage.to(X)).build()
        .save(network);
    assertRefused("NETWORK is " + network + ": layer 'fc': with a reuse of 1 it computes 5000 "
        + "products at once: at most 4096 are unrolled, as with a reuse of 2 or more",
        "--reuse", "1");
  }

  @Test
  void whatSystemCComputesOtherwiseIsRefusedByName() throws IOException {
    Network.builder(X, 2).cast("c", FixedFormat.parse("ap_fixed<4,2,AP_RND,AP_WRAP_SM>")).build()
        .save(network);
    assertRefused("--check cannot be with SystemC's types: layer c: SystemC wraps what is rounded "
        + "into ap_fixed<4,2,AP_RND,AP_WRAP_SM> otherwise; --ap-types names AMD's", "--check");
  }

  @Test
  void checkComparesEveryWord() throws Exception {
    assumeTrue(succeeds("make", "--version"), "skipped: there is no make");
    assumeTrue(succeeds("g++", "-E", "-include", "sysc/datatypes/fx/fx.h", "-x", "c++", "-"),
        "skipped: there is no g++ with SystemC (Debian: libsystemc-dev)");
    Run run = export("--check");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    // Two words of a sample, once as the network's and once as the layer's.
    assertThat(run.out()).endsWith("16 samples, 64 words: all are equal\n");
    Path words = project.resolve("tb_data/layer_fc.hex");
    List<String> lines = new ArrayList<>(Files.readAllLines(words));
    lines.set(0, lines.getFirst().equals("00") ? "01" : "00");
    Files.write(words, lines);
    Run wrong = make();
    assertThat(wrong.exitCode()).isNotZero();
    assertThat(wrong.out()).contains("fc: sample 0, word 0: expected 0x");
  }

  private Run make() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("make", "check").directory(project.toFile())
        .redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes());
    return new Run(process.waitFor(), out, "");
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
