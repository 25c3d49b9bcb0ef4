package io.fixlane.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.Weights;
import io.fixlane.onnx.Onnx;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import io.fixlane.tensor.npy.NpyArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane show}: networks, the words of their layers, and models. */
class ShowCommandTest {
  private static final FixedFormat X = FixedFormat.parse("ap_fixed<6,3,AP_RND,AP_SAT>");
  private static final FixedFormat W = FixedFormat.parse("ap_fixed<4,1>");
  private static final FixedFormat Y = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT>");

  @TempDir
  private Path folder;
  private Network network;
  private String file;

  @BeforeEach
  void save() throws Exception {
    FixedTensor weights = FixedTensor.of(W, new byte[] {-8, 7, 0, 2, 4, 0, -2, 1}, 4, 2);
    FixedTensor bias = FixedTensor.of(X, new byte[] {4, -12}, 2);
    FixedFormat bit = FixedFormat.parse("ap_ufixed<3,2,AP_RND,AP_SAT>");
    network = Network.builder(X, 4)
        .dense("Dense 1", Weights.of(weights), OutputStage.to(Y).withBias(bias))
        .relu("dense-1", bit)
        .build();
    file = path("net.fxn");
    network.save(Path.of(file));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Run show(String... more) {
    String[] line = new String[more.length + 2];
    line[0] = "show";
    line[1] = file;
    System.arraycopy(more, 0, line, 2, more.length);
    return Run.of(line);
  }

  private void assertRefused(String reason, String... more) {
    Run run = show(more);
    assertThat(run.err()).isEqualTo("fixlane: " + reason + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void layersAndTheirWords() {
    Run run = show();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(network + """


        constants         words of       shape   fit in         number   min    max   zeros  bits  \
        histogram over all words of the format
        Dense 1, weights  ap_fixed<4,1>  [4, 2]  ap_fixed<4,1>       8    -1  0.875  25.0 %   4/4  \
        |+     + @++ +  +|
        Dense 1, bias     ap_fixed<6,3>  [2]     ap_fixed<3,2>       2  -1.5    0.5   0.0 %   3/6  \
        |     @   @      |
        """);
  }

  /** Constants of every kind, in blocks too, and the files of layers in blocks. */
  @Test
  void everyKindOfConstants() throws Exception {
    FixedTensor two = FixedTensor.of(X, new byte[] {3, -2}, 2);
    FixedTensor square = FixedTensor.of(X, new byte[] {1, 0, -1, 2}, 2, 2);
    network = Network.builder(X, 2)
        .dense("dense", Weights.of(square), OutputStage.to(X).withScaleAndShift(two, two, X))
        .residualAdd("block", body -> body.scaleAndShift("norm", Weights.of(two), two, X),
            shortcut -> shortcut.relu("relu", X), X)
        .binaryDense("signs", square, BinaryResult.signs(0, 1))
        .binaryDense("sums", square, BinaryResult.sums(X))
        .lookUp("table", FixedTensor.allocate(W, 64))
        .threshold("levels", FixedTensor.of(X, new byte[] {-4, 0, 9}, 3), Fixed.ofRaw(X, -1), 2)
        .build();
    network.save(Path.of(file));
    NpyArray.of(new float[] {1, -1}, 1, 2).write(folder.resolve("x.npy"));
    Run run = show("--trace", path("x.npy"), "--out", path("words"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    int first = lines.indexOf("") + 2;
    assertThat(lines.subList(first, first + 11).stream().map(line -> line.split(" {2,}")[0]))
        .containsExactly("dense, weights", "dense, scale", "dense, shift",
            "block > body > norm, scale", "block > body > norm, shift", "signs, signs",
            "signs, thresholds", "sums, signs", "table, table", "levels, thresholds", "");
    try (var files = Files.list(folder.resolve("words"))) {
      assertThat(files.map(written -> written.getFileName().toString()))
          .containsExactlyInAnyOrder("input.npy", "layer_dense.npy", "layer_block_body_norm.npy",
              "layer_block_shortcut_relu.npy", "layer_block.npy", "layer_signs.npy",
              "layer_sums.npy", "layer_table.npy", "layer_levels.npy");
    }
  }

  @Test
  void theWordsOfEveryLayer() throws Exception {
    FixedTensor batch = FixedTensor.quantize(
        X, new float[] {1, -0.5f, 2, 0.25f, -3, 0.125f, 0, 3.875f, 1, 1, 1, 1}, 3, 4);
    NpyArray.of(batch).write(folder.resolve("x.npy"));
    Run run = show("--trace", path("x.npy"), "--out", path("words"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("\nlayer    words of        shape   fit in").endsWith(
        "\nThe words of 3 samples are in " + path("words") + ", 3 files.\n");
    List<String> names = List.of("layer_dense_1", "layer_dense_1_2");
    int place = 0;
    for (FixedTensor words : network.trace(batch).values()) {
      NpyArray written = NpyArray.read(folder.resolve("words/" + names.get(place++) + ".npy"));
      assertThat(written.words(words.format()).contentEquals(words)).isTrue();
    }
    assertThat(NpyArray.read(folder.resolve("words/input.npy")).words(X).contentEquals(batch))
        .isTrue();
    assertRefused("--out is " + path("words") + ": input.npy is there already; --force replaces it",
        "--trace", path("x.npy"), "--out", path("words"));
    assertThat(show("--trace", path("x.npy"), "--out", path("words"), "--force", "--numbers-out",
        "values").exitCode()).isZero();
    assertThat(NpyArray.read(folder.resolve("words/input.npy"))).hasToString("float32 [3, 4]");
  }

  /** Floats are cast, as in C++; as values, they must be words. */
  @Test
  void samplesOfFloats() throws Exception {
    NpyArray.of(new float[] {0.3f, 9, -1, 0}, 1, 4).write(folder.resolve("x.npy"));
    assertThat(show("--trace", path("x.npy"), "--out", path("words")).exitCode()).isZero();
    FixedTensor input = NpyArray.read(folder.resolve("words/input.npy")).words(X);
    assertThat(List.of(input.raw(0), input.raw(1), input.raw(2))).containsExactly(2L, 31L, -8L);
    assertRefused(path("x.npy") + ", word [0]: 0.30000001192092896 is no value of " + X
        + "; --cast takes the word that it is cast into", "--trace", path("x.npy"), "--values");
  }

  /** What export writes beside a test bench are the same samples, names and words. */
  @Test
  void theFilesOfExport() throws Exception {
    assertThat(Run.of("export", file, "--hls", path("p")).exitCode()).isZero();
    Run run = show("--trace", path("p/tb_data/input.hex"), "--out", path("words"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    for (String name : List.of("input", "layer_dense_1", "layer_dense_1_2")) {
      FixedFormat format = name.equals("input")
          ? X
          : name.equals("layer_dense_1") ? Y : network.resultFormat();
      assertThat(Run.of("words", path("words/" + name + ".npy"), "--format", format.toString(),
          "--out", path(name + ".hex")).exitCode()).isZero();
      assertThat(folder.resolve(name + ".hex"))
          .hasSameBinaryContentAs(folder.resolve("p/tb_data/" + name + ".hex"));
      Run compared = Run.of("compare", path("words/" + name + ".npy"),
          path("p/tb_data/" + name + ".hex"), "--format", format.toString(), "--numbers-b", "hex");
      assertThat(compared.out()).startsWith("all ").endsWith(" words are the same\n");
    }
  }

  @Test
  void mistakes() throws Exception {
    NpyArray.of(new float[] {0, 0, 0, 0}, 2, 2).write(folder.resolve("x.npy"));
    assertRefused("--trace is " + path("x.npy") + ": it has words of shape [2, 2], and a sample of "
        + "the network is " + network.inputType(), "--trace", path("x.npy"));
    assertRefused("--trace is " + path("none.npy") + ": it cannot be read: there is no such file",
        "--trace", path("none.npy"));
    assertRefused("--out, --force, --raw, --values and --cast are for --trace, which is missing",
        "--out", path("words"));
    Files.writeString(folder.resolve("x.fxn"), "no network");
    file = path("x.fxn");
    assertRefused("NETWORK: " + file + ": is not a network file");
  }

  @Test
  void modelsOfOnnx() throws Exception {
    Path model = folder.resolve("words.onnx");
    Onnx.write(network, model);
    Run run = Run.of("show", model.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("input  input [?, 4]\noutput  dense-1\n\nnode ")
        .contains("\nconstant ", "MatMul", "train --onnx does not read it: " + model + ": node '");
    assertThat(Run.of("show", model.toString(), "--trace", "x.npy").err()).isEqualTo(
        "fixlane: FILE is " + model + ": --trace, and what goes with it, is for networks that "
            + "train saves\n");
    Files.writeString(model, "no model");
    assertThat(Run.of("show", model.toString()).err())
        .startsWith("fixlane: FILE is " + model + ": is no ONNX model").hasLineCount(1);
  }
}
