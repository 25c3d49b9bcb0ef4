package io.fixlane.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a project holds, what is refused, and how it is written. */
class HlsProjectTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<8,3,AP_RND,AP_SAT>");

  @TempDir
  private Path folder;

  private static SequencedMap<String, String> files(Network network, HlsOptions options)
      throws HardwareException {
    return HlsProject.of(network, "net", options).files();
  }

  @Test
  void aProjectHasWhatToolsExpect() throws HardwareException {
    SequencedMap<String, String> files = files(Models.mlp(8, null), HlsOptions.DEFAULT
        .withPart("xczu7ev-ffvc1156-2-e").withFlow("vitis").withSamples(4));
    assertThat(files.sequencedKeySet()).containsExactly("README.md", "hls_config.cfg",
        "run_hls.tcl", "project.mk", "firmware/net.h", "firmware/net.cpp",
        "firmware/weights/layer_hidden.h", "firmware/weights/layer_output.h", "net_test.cpp",
        "Makefile", "bench.h", "firmware/layers.h", "firmware/words.h", "cpu/systemc/ap_fixed.h",
        "cpu/systemc/sc_main.cpp", "cpu/ac/ap_fixed.h", "tb_data/input.hex",
        "tb_data/layer_hidden.hex", "tb_data/layer_output.hex");
    assertThat(files.get("hls_config.cfg")).contains("part=xczu7ev-ffvc1156-2-e\n",
        "clock=5ns\n", "flow_target=vitis\n", "syn.top=net\n", "package.output.format=xo\n");
    assertThat(files.get("run_hls.tcl")).contains("set_top net\n");
    assertThat(files.get("firmware/net.h")).contains(
        "// hidden: dense, weights 384 of ap_fixed<8,1,AP_RND_CONV,AP_SAT>\n",
        "typedef ap_fixed<8,2,AP_RND_CONV,AP_SAT> layer_hidden_t;\n",
        "void net(const input_t x[16], layer_output_t y[10]);\n");
    assertThat(files.get("tb_data/input.hex").lines()).hasSize(64).contains("80", "7f", "00");
  }

  @Test
  void theSameNetworkGivesTheSameFiles() throws HardwareException {
    HlsOptions options = HlsOptions.DEFAULT.withPorts(HlsInterface.STREAM);
    assertThat(files(Models.resnet8(4, null), options))
        .isEqualTo(files(Models.resnet8(4, null), options));
  }

  @ParameterizedTest
  @EnumSource(KHotRule.class)
  void kHotWeightsAreNeitherProductsNorTables(KHotRule rule) throws HardwareException {
    SequencedMap<String, String> files = files(Models.cnn(8, rule), HlsOptions.DEFAULT);
    List<String> code = files.sequencedKeySet().stream()
        .filter(path -> path.startsWith("firmware/weights/")).map(files::get).toList();
    assertThat(code).hasSize(5).allSatisfy(text -> assertThat(
        text.lines().filter(line -> !line.startsWith("//")))
        .noneMatch(line -> line.contains("*") || line.contains("_weights")
            || line.contains("_scale[")));
    assertThat(files.get("firmware/weights/layer_conv1.h")).contains("(p >> ",
        "fixlane::accumulate(sum, layer_conv1_times_");
    assertThat(files.get("firmware/net.cpp")).doesNotContain("multiply<", "scale_and_shift<")
        .contains("finish(layer_conv1_output_0(x), 0)", "layer_conv1_norm_scaled(x, channel)");
  }

  @Test
  void streamsForkWhereWordsHaveTwoReaders() throws HardwareException {
    String source = files(
        Models.resnet8(4, null), HlsOptions.DEFAULT.withPorts(HlsInterface.STREAM))
        .get("firmware/net.cpp");
    assertThat(source).contains("#pragma HLS DATAFLOW\n", "fixlane::fork<36>(layer_relu1_words, "
        + "layer_relu1_to_1, layer_relu1_to_2);\n",
        "#pragma HLS STREAM variable=layer_relu1_to_2 depth=36\n");
  }

  @Test
  void theReuseIsTheNextThatDivides() throws HardwareException {
    Network network = Models.mlp(8, null);
    assertReuse(network, 1, 24, 16);
    assertReuse(network, 3, 24, 4);
    assertReuse(network, 16, 24, 1);
    assertReuse(network, 17, 12, 1);
    assertReuse(network, 1_000_000, 1, 1);
    assertThat(files(network, HlsOptions.DEFAULT).get("firmware/net.cpp"))
        .contains("outputs_at_once = 1;\n  static const int taps_at_once = 1;\n")
        .doesNotContain("ARRAY_PARTITION variable=layer_");
  }

  private static void assertReuse(Network network, int reuse, int outputs, int taps)
      throws HardwareException {
    assertThat(files(network, HlsOptions.DEFAULT.withReuse(reuse)).get("firmware/net.cpp"))
        .contains("outputs_at_once = " + outputs + ";\n  static const int taps_at_once = " + taps
            + ";\n");
  }

  private static Network wide(int inputs, int outputs, int kHot) {
    FixedTensor words = FixedTensor.allocate(X, inputs, outputs);
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, 85);
    }
    Weights weights = kHot == 0 ? Weights.of(words) : Weights.kHot(words, kHot, KHotRule.TRUNCATE);
    return Network.builder(X, inputs).dense("fc", weights, OutputStage.to(X)).build();
  }

  @Test
  void whatWouldExplodeIsRefusedWithWhatItWouldBe() {
    assertThatThrownBy(() -> files(wide(100, 50, 0), HlsOptions.DEFAULT.withReuse(1)))
        .isInstanceOf(HardwareException.class)
        .hasMessage("layer 'fc': with a reuse of 1 it computes 5000 products at once: at most 4096"
            + " are unrolled, as with a reuse of 2 or more");
    assertThatThrownBy(() -> files(wide(1000, 40, 4), HlsOptions.DEFAULT))
        .isInstanceOf(HardwareException.class)
        .hasMessage("layer 'fc': its K-hot weights have 160000 terms, each an adder in code: at "
            + "most 131072 are written");
    assertThatThrownBy(() -> files(wide(5000, 1, 0), HlsOptions.DEFAULT))
        .isInstanceOf(HardwareException.class)
        .hasMessage("the input has 5000 words, each of which is a port of an array: at most 4096 "
            + "are, and streams take any number");
  }

  @Test
  void streamsTakeAnyNumberOfWords() throws HardwareException {
    assertThat(files(wide(5000, 1, 0), HlsOptions.DEFAULT.withPorts(HlsInterface.STREAM)))
        .isNotEmpty();
  }

  private static void assertDifference(Network network, String systemC, String ac)
      throws HardwareException {
    HlsProject project = HlsProject.of(network, "net", HlsOptions.DEFAULT);
    assertThat(project.systemCDifference().orElse("")).isEqualTo(systemC);
    assertThat(project.files().get("project.mk")).isEqualTo("""
        TOP = net
        # What the types of SystemC and of hlslibs compute otherwise, if anything.
        SYSTEMC_DIFFERS = %s
        AC_DIFFERS = %s
        """.formatted(systemC, ac));
  }

  private static Network cast(String to) {
    return Network.builder(X, 2).cast("c", FixedFormat.parse(to)).build();
  }

  @Test
  void whatOtherTypesComputeOtherwiseIsSaid() throws HardwareException {
    assertDifference(cast("ap_fixed<4,2,AP_RND,AP_SAT_SYM>"), "", "");
    assertDifference(cast("ap_fixed<1,1,AP_TRN,AP_SAT_SYM>"),
        "layer c: SystemC saturates ap_fixed<1,1,AP_TRN,AP_SAT_SYM> to 0", "");
    assertDifference(cast("ap_fixed<4,2,AP_RND,AP_WRAP_SM>"),
        "layer c: SystemC wraps what is rounded into ap_fixed<4,2,AP_RND,AP_WRAP_SM> otherwise",
        "layer c: ap_fixed<4,2,AP_RND,AP_WRAP_SM> has no ac_fixed");
    assertDifference(cast("ap_fixed<4,2,AP_TRN,AP_WRAP_SM>"), "",
        "layer c: ap_fixed<4,2,AP_TRN,AP_WRAP_SM> has no ac_fixed");
    assertDifference(cast("ap_ufixed<4,2,AP_TRN,AP_WRAP,1>"),
        "layer c: SystemC wraps what is negative into ap_ufixed<4,2,AP_TRN,AP_WRAP,1> otherwise",
        "layer c: ap_ufixed<4,2,AP_TRN,AP_WRAP,1> has no ac_fixed");
    assertDifference(cast("ap_fixed<4,2,AP_TRN,AP_WRAP,1>"), "",
        "layer c: ap_fixed<4,2,AP_TRN,AP_WRAP,1> has no ac_fixed");
    FixedFormat symmetric = FixedFormat.parse("ap_fixed<2,2,AP_TRN,AP_SAT_SYM>");
    FixedTensor table = FixedTensor.of(symmetric, new byte[] {-2, -1, 0, 1}, 4);
    assertDifference(
        Network.builder(FixedFormat.signed(2, 2), 2).lookUp("t", table).build(),
        "layer t: SystemC saturates words of ap_fixed<2,2,AP_TRN,AP_SAT_SYM> that are copied", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1net", "a-b", "a b", "ä", "a/b", "..", "net.cpp"})
  void aNameIsOneOfAFunction(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HlsProject.of(cast("ap_fixed<4,2>"), name, HlsOptions.DEFAULT))
        .withMessage("name is '" + name
            + "': it must be 1 to 64 letters, digits and underscores, the first a letter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"class", "main", "Layers", "layer_1", "std", "a__b", "input_t"})
  void aNameThatIsTakenIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HlsProject.of(cast("ap_fixed<4,2>"), name, HlsOptions.DEFAULT))
        .withMessage("name is '" + name + "': C++ or the project uses it for something else");
  }

  @Test
  void aFolderIsReplacedOnlyWhenAsked() throws Exception {
    HlsProject project = HlsProject.of(cast("ap_fixed<4,2>"), "net", HlsOptions.DEFAULT);
    Path target = folder.resolve("a/b");
    project.write(target, false);
    Files.writeString(target.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> project.write(target, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target.resolve("mine.txt")).hasContent("mine");
    project.write(target, true);
    assertThat(target.resolve("mine.txt")).doesNotExist();
    assertThat(target.resolve("firmware/net.cpp")).isRegularFile();
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThatThrownBy(() -> project.write(file, true))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("mine");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    project.write(empty, false);
    assertThat(empty.resolve("README.md")).isRegularFile();
    try (Stream<Path> left = Stream.concat(Files.list(folder), Files.list(target.getParent()))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "file", "empty", "b");
    }
  }

  @Test
  void nothingIsLeftWhereAFolderCannotBeWritten() throws Exception {
    HlsProject project = HlsProject.of(cast("ap_fixed<4,2>"), "net", HlsOptions.DEFAULT);
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThatThrownBy(() -> project.write(file.resolve("project"), false))
        .isInstanceOf(IOException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
