package io.fixlane.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.hardware.VerilogOptions.Multipliers;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Verilog project says of itself, and what it refuses. */
class VerilogProjectTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");
  private static final VerilogOptions DEFAULT = VerilogOptions.DEFAULT;
  private static final Network NETWORK = network(false);

  private static Network network(boolean kHot) {
    FixedTensor words = FixedTensor.allocate(X, 16, 12);
    Random random = new Random(1);
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, random.nextInt(-128, 128));
    }
    return Network.builder(X, 16).dense("fc 1",
        kHot ? Weights.kHot(words, 2, KHotRule.NEAREST) : Weights.of(words), OutputStage.to(X))
        .relu("relu", X).build();
  }

  private static VerilogProject project(VerilogOptions options) throws HardwareException {
    return VerilogProject.of(NETWORK, "net", options);
  }

  private static LayerEstimate first(VerilogOptions options) throws HardwareException {
    return project(options).estimates().getFirst();
  }

  @Test
  void sharingTakesFewerAdders() throws HardwareException {
    LayerEstimate shared = first(DEFAULT);
    LayerEstimate alone = first(DEFAULT.withSharing(false));
    assertThat(shared.path()).isEqualTo("fc 1");
    assertThat(shared.multipliers()).isZero();
    assertThat(shared.adders()).isLessThan(alone.adders() * 3 / 4);
    assertThat(shared.luts()).isLessThan(alone.luts() * 17 / 20);
  }

  @Test
  void multipliersTakeThePlaceOfAdders() throws HardwareException {
    LayerEstimate dsp = first(DEFAULT.withMultipliers(Multipliers.DSP));
    assertThat(dsp.adders()).isLessThan(16 * 12);
    assertThat(dsp.multipliers()).isBetween(120, 16 * 12);
  }

  @Test
  void kHotWeightsTakeAnAdderATerm() throws HardwareException {
    LayerEstimate kHot = VerilogProject.of(network(true), "net", DEFAULT.withSharing(false))
        .estimates().getFirst();
    assertThat(kHot.adders()).isBetween(16 * 12, 2 * 16 * 12);
    assertThat(kHot.adders()).isLessThan(first(DEFAULT.withSharing(false)).adders());
  }

  @Test
  void registersMakeItLongerAndNotSlower() throws HardwareException {
    VerilogProject none = project(DEFAULT.withLatencyCut(0));
    VerilogProject each = project(DEFAULT.withLatencyCut(1));
    assertThat(none.latency()).isEqualTo(2);
    assertThat(each.latency()).isGreaterThan(6);
    assertThat(none.interval()).isEqualTo(1);
    assertThat(each.interval()).isEqualTo(1);
    assertThat(each.estimates().getFirst().registers())
        .isGreaterThan(2 * none.estimates().getFirst().registers());
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> project(DEFAULT.withLimit(1000)))
        .isInstanceOf(HardwareException.class)
        .hasMessageMatching(
            "fc 1 needs about [34],\\d\\d\\d LUTs as adders: over the limit of 1,000");
    assertThatThrownBy(() -> project(DEFAULT.withLimit(300)))
        .isInstanceOf(HardwareException.class)
        .hasMessageMatching("fc 1 needs about \\d,\\d\\d\\d LUTs as adders: over the limit of 300");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "a-b", "module", "inside", "layer_1", "fixlane_add"})
  void namesOfOtherThingsAreRefused(String name) {
    assertThatThrownBy(() -> VerilogProject.of(NETWORK, name, DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("name is '" + name + "': ");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> DEFAULT.withLatencyCut(-1))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("latencyCut is -1: ");
    assertThatThrownBy(() -> DEFAULT.withLimit(0))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("limit is 0: ");
    assertThatThrownBy(() -> DEFAULT.withSamples(0))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("samples is 0: ");
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullsAreRefusedByName() {
    assertThatThrownBy(() -> VerilogProject.of(null, "net", DEFAULT))
        .isInstanceOf(NullPointerException.class).hasMessage("network");
    assertThatThrownBy(() -> VerilogProject.of(NETWORK, null, DEFAULT))
        .isInstanceOf(NullPointerException.class).hasMessage("name");
    assertThatThrownBy(() -> VerilogProject.of(NETWORK, "net", null))
        .isInstanceOf(NullPointerException.class).hasMessage("options");
    assertThatThrownBy(() -> DEFAULT.withMultipliers(null))
        .isInstanceOf(NullPointerException.class).hasMessage("multipliers");
    assertThatThrownBy(() -> project(DEFAULT).write(null, false))
        .isInstanceOf(NullPointerException.class).hasMessage("folder");
  }

  @Test
  void theSameNetworkIsTheSameText() throws HardwareException {
    assertThat(project(DEFAULT).files()).isEqualTo(project(DEFAULT).files());
  }

  @Test
  void nothingHalfWrittenIsLeft(@TempDir Path folder) throws Exception {
    VerilogProject project = project(DEFAULT);
    Path target = folder.resolve("deep/project");
    project.write(target, false);
    assertThatThrownBy(() -> project.write(target, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    Files.writeString(target.resolve("other"), "");
    project.write(target, true);
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("rtl", "sim", "Makefile");
    }
    try (Stream<Path> files = Files.list(folder.resolve("deep"))) {
      assertThat(files).containsExactly(target);
    }
  }
}
