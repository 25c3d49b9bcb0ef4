package io.fixlane.cli.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.cli.Run;
import io.fixlane.cli.console.Child;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fixlane resources}: what it counts, writes and refuses. */
class ResourcesCommandTest {
  @TempDir
  private Path folder;

  private Path file;

  /** A network with a scale that two shifts make, one that one does, and a dense layer. */
  @BeforeEach
  void save() throws IOException {
    FixedFormat x = FixedFormat.parse("ap_fixed<6,3,AP_RND,AP_SAT>");
    file = folder.resolve("network.fxn");
    Network.builder(x, 2)
        .scaleAndShift("norm", Weights.of(FixedTensor.of(x, new byte[] {5, 8}, 2)),
            FixedTensor.of(x, new byte[] {1, 0}, 2), x)
        .dense("dense", Weights.of(FixedTensor.of(x, new byte[] {3, -7, 11, 0}, 2, 2)),
            OutputStage.to(x))
        .build().save(file);
  }

  private Run resources(String... more) {
    String[] line = new String[more.length + 2];
    line[0] = "resources";
    line[1] = file.toString();
    System.arraycopy(more, 0, line, 2, more.length);
    return Run.of(line);
  }

  @Test
  void estimatesNeedNoTool() {
    Run run = resources();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).anyMatch(line -> line.matches("norm +24 +\\d+ +0 +\\d+ +\\d+"))
        .anyMatch(line -> line.matches("dense +24 +\\d+ +0 +\\d+ +\\d+"))
        .anyMatch(line -> line.matches("network +48 +\\d+ +0 +\\d+ +\\d+"));
    assertThat(resources("--multipliers", "elements").out().lines())
        .anyMatch(line -> line.matches("norm +24 +\\d+ +1 +\\d+ +\\d+"))
        .anyMatch(line -> line.matches("dense +24 +\\d+ +0 +\\d+ +\\d+"));
    assertThat(resources("--multipliers", "dsp").out().lines())
        .anyMatch(line -> line.matches("dense +24 +\\d+ +3 +\\d+ +\\d+"));
  }

  @Test
  void mistakesAreNamed() {
    assertThat(resources("--family", "xcup").err())
        .isEqualTo("fixlane: --family is xcup: it is for --synthesize, which is missing\n");
    assertThat(resources("--synthesize", "--family", "ice40,none").err()).isEqualTo(
        "fixlane: --family is 'none': it must be one of xcup, xc7, cyclonev, ecp5, nexus, ice40\n");
    assertThat(resources("--multipliers", "none").err()).isEqualTo(
        "fixlane: --multipliers is 'none': it must be shift-add, elements or dsp\n");
    Path json = folder.resolve("both");
    assertThat(resources("--json", json.toString(), "--html", json.toString()).exitCode())
        .isEqualTo(2);
    assertThat(folder).isDirectoryNotContaining(path -> path.endsWith("both"));
  }

  @Test
  void yosysCountsWhatIsEstimated() throws IOException {
    assumeTrue(!Child.firstLine(List.of("yosys", "-V")).isEmpty(),
        "yosys is not there: nothing is synthesised");
    Path json = folder.resolve("counts.json");
    Path html = folder.resolve("page.html");
    Run run = resources("--synthesize", "--family", "ecp5,ice40", "--multipliers", "elements",
        "--json", json.toString(), "--html", html.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode root = new JsonMapper().readTree(Files.readAllBytes(json));
    JsonNode families = root.path("families");
    assertThat(families.size()).isEqualTo(2);
    for (JsonNode family : families) {
      JsonNode norm = family.path("layers").get(0);
      JsonNode dense = family.path("layers").get(1);
      assertThat(dense.path("dsps").asInt()).isZero();
      assertThat(dense.path("luts").asInt()).isBetween(20, 400);
      assertThat(norm.path("registers").asInt() + dense.path("registers").asInt())
          .isPositive().isLessThanOrEqualTo(family.path("registers").asInt());
      assertThat(norm.path("luts").asInt() + dense.path("luts").asInt())
          .isLessThanOrEqualTo(family.path("luts").asInt());
    }
    assertThat(Files.readString(html)).contains("<svg", "Lattice ECP5");
    if (!Child.firstWords(List.of("nextpnr-ice40", "--version")).isEmpty()) {
      assertThat(run.out()).containsPattern("on an iCE40 HX8K: \\d+\\.\\d MHz");
    }
  }
}
