package io.fixlane.hardware.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.KHotRule;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsInterface;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.hardware.Models;
import io.fixlane.hardware.Tools;
import io.fixlane.hardware.graph.Graph;
import io.fixlane.hardware.hls.Bundle.Result;
import io.fixlane.network.Network;
import io.fixlane.random.Draws;
import io.fixlane.random.RandomNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects compiled and run: every word of every layer is the network's. */
class CompiledTest {
  private static final HlsOptions OPTIONS = HlsOptions.DEFAULT.withSamples(5);

  @TempDir
  private Path folder;

  @Test
  void modelsOfFewBitsWithSystemC() throws Exception {
    Tools.assumeSystemC();
    Bundle bundle = new Bundle(folder);
    for (int bits : List.of(8, 4, 3)) {
      bundle.add(Models.mlp(bits, null), OPTIONS.withReuse(4));
      bundle.add(Models.cnn(bits, null), OPTIONS);
      bundle.add(Models.resnet8(bits, null), OPTIONS.withPorts(HlsInterface.STREAM));
      bundle.add(Models.bnn(bits), OPTIONS.withPorts(HlsInterface.STREAM).withReuse(3));
    }
    bundle.add(Models.unet(5), OPTIONS.withReuse(2));
    bundle.add(Models.unet(6), OPTIONS.withPorts(HlsInterface.STREAM));
    bundle.add(Models.mlp(8, KHotRule.NEAREST), OPTIONS.withPorts(HlsInterface.STREAM));
    bundle.add(Models.cnn(8, KHotRule.TRUNCATE), OPTIONS);
    bundle.add(Models.resnet8(4, KHotRule.SIGNED_DIGITS), OPTIONS.withReuse(2));
    assertAllEqual(bundle, bundle.runWithSystemC());
  }

  /** Formats in which SystemC has the rules of a network are most. */
  @Test
  void randomNetworksWithSystemC() throws Exception {
    Tools.assumeSystemC();
    Bundle bundle = new Bundle(folder);
    int refused = addRandom(bundle, 24, false, true);
    assertThat(refused).isPositive();
    bundle.add(Models.staircases(), OPTIONS.withSamples(200));
    assertAllEqual(bundle, bundle.runWithSystemC());
  }

  @Test
  void randomNetworksOfAllModesWithAp() throws Exception {
    Path types = Tools.assumeHeader("fixlane.apTypes", "ap_fixed.h");
    Bundle bundle = new Bundle(folder);
    addRandom(bundle, 40, false, false);
    bundle.add(Models.resnet8(4, KHotRule.NEAREST), OPTIONS);
    assertAllEqual(bundle, bundle.runWithAp(types));
  }

  @Test
  void randomNetworksWithAc() throws Exception {
    Path types = Tools.assumeHeader("fixlane.acTypes", "ac_fixed.h");
    Bundle bundle = new Bundle(folder);
    addRandom(bundle, 40, true, false);
    bundle.add(Models.bnn(4), OPTIONS);
    assertAllEqual(bundle, bundle.runWithAc(types));
  }

  @Test
  void whatIsChangedIsFound() throws Exception {
    Tools.assumeSystemC();
    Bundle bundle = new Bundle(folder);
    Network network = Models.cnn(8, null);
    bundle.add(network, OPTIONS);
    Path weight = bundle.add(network, OPTIONS);
    change(weight.resolve("firmware/weights/layer_conv1.h"),
        "(weights.* = \\{\n  \\{\n +)(-?\\d+),", "$1$2 ^ 64,");
    Path format = bundle.add(network, OPTIONS);
    change(format.resolve("firmware/net2.h"),
        "ap_fixed<8,2,AP_RND_CONV,AP_SAT>( layer_conv2_t;)", "ap_fixed<8,2,AP_TRN,AP_SAT>$1");
    Path word = bundle.add(network, OPTIONS);
    change(word.resolve("tb_data/layer_pool.hex"), "\\A(\\p{XDigit})(\\p{XDigit})",
        "$1" + (Files.readString(word.resolve("tb_data/layer_pool.hex")).charAt(1) == '0' ? 1 : 0));
    Path none = bundle.add(network, OPTIONS);
    Files.writeString(none.resolve("tb_data/layer_average.hex"), "");
    Result result = bundle.runWithSystemC();
    assertThat(result.exitCode()).as(result.output()).isNotZero();
    String[] parts = result.output().split("net\\d is wrong\n");
    assertThat(parts[0]).contains("words: all are equal",
        "\nconv1: sample 0, word ", "\nnet1, the whole network: ", ": expected 0x", ", got 0x",
        " DIFFER\n");
    assertThat(parts[1]).contains("conv2: sample ", "net2, the whole network: sample ")
        .doesNotContain("conv1: sample");
    assertThat(parts[2]).contains("pool: sample 0, word 0: expected 0x");
    assertThat(result.output())
        .contains("layer_average.hex has 0 words: it must have 30");
  }

  private static void change(Path file, String pattern, String replacement) throws IOException {
    String text = Files.readString(file);
    String changed = text.replaceFirst(pattern, replacement);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);
  }

  /** Adds random networks; returns how many SystemC does not serve. */
  private static int addRandom(Bundle bundle, int count, boolean plain, boolean systemC)
      throws HardwareException, IOException {
    int refused = 0;
    for (long seed = 0; bundle.size() < count; seed++) {
      Network network = new RandomNetwork(seed, Draws.hardware(plain)).network();
      if (systemC && Differences.systemC(Graph.of(network)).isPresent()) {
        refused++;
        continue;
      }
      HlsOptions options =
          OPTIONS.withPorts(seed % 2 == 0 ? HlsInterface.ARRAY : HlsInterface.STREAM);
      bundle.add(network, seed % 3 == 0 ? options.withReuse((int) (seed % 7) + 1) : options);
    }
    return refused;
  }

  private static void assertAllEqual(Bundle bundle, Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines().filter(line -> line.endsWith(" words: all are equal")))
        .hasSize(bundle.size());
  }
}
