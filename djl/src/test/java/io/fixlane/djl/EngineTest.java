package io.fixlane.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import io.fixlane.network.Network;
import io.fixlane.onnx.Onnx;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DJL finds, loads and refuses. */
class EngineTest {
  @TempDir
  private Path folder;

  @Nested
  class Examples extends DjlExample {}

  private static Criteria<NDList, NDList> criteria(Path path, String... options) {
    Criteria.Builder<NDList, NDList> builder = Criteria.builder()
        .setTypes(NDList.class, NDList.class).optEngine("Fixlane").optModelPath(path);
    for (int i = 0; i < options.length; i += 2) {
      builder.optOption(options[i], options[i + 1]);
    }
    return builder.build();
  }

  private Network network(String file) throws Exception {
    Network network = RandomNetwork.images(1);
    network.save(folder.resolve(file));
    return network;
  }

  private static Network loaded(ZooModel<?, ?> model) {
    return ((FixlaneSymbolBlock) model.getBlock()).network();
  }

  @Test
  void isFoundByItsName() {
    Engine engine = Engine.getEngine("Fixlane");
    assertThat(engine).isInstanceOf(FixlaneEngine.class);
    assertThat(engine.getVersion()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(engine.getDevices()).containsExactly(Device.cpu());
    assertThat(engine.defaultDevice()).isEqualTo(Device.cpu());
    assertThatIllegalArgumentException().isThrownBy(() -> engine.newModel("x", Device.gpu()))
        .withMessage("device is gpu(0): Fixlane computes on cpu() alone");
  }

  @Test
  void loadsAFile() throws Exception {
    Network network = network("net.fxn");
    try (ZooModel<NDList, NDList> model = criteria(folder.resolve("net.fxn")).loadModel()) {
      assertThat(loaded(model).toBytes()).isEqualTo(network.toBytes());
      assertThat(model.getModelPath()).isEqualTo(folder.toAbsolutePath());
      assertThat(model.describeInput().get(0).getValue().getShape()).containsExactly(-1, 5, 6, 3);
      assertThat(model.describeOutput().get(0).getValue().getShape()).containsExactly(-1, 5, 6, 2);
      assertThat(model.getBlock().getCustomMetadata())
          .containsEntry("fixlane.input", "ap_fixed<6,3,AP_RND_CONV,AP_SAT> [5, 6, 3]")
          .containsEntry("fixlane.output", "ap_fixed<9,4,AP_RND_CONV,AP_SAT> [5, 6, 2]");
      assertThat(model.getBlock()).hasToString(network.toString());
    }
  }

  @Test
  void loadsWhatAFolderHas() throws Exception {
    Network only = network("only.fxn");
    try (ZooModel<NDList, NDList> model = criteria(folder).loadModel()) {
      assertThat(loaded(model).toBytes()).isEqualTo(only.toBytes());
    }
    Network second = RandomNetwork.features(2);
    second.save(folder.resolve("model.fxn"));
    try (ZooModel<NDList, NDList> model = criteria(folder).loadModel()) {
      assertThat(loaded(model).toBytes()).isEqualTo(second.toBytes());
    }
    Criteria<NDList, NDList> named =
        criteria(folder).toBuilder().optModelName("only").build();
    try (ZooModel<NDList, NDList> model = named.loadModel()) {
      assertThat(loaded(model).toBytes()).isEqualTo(only.toBytes());
    }
    Files.move(folder.resolve("model.fxn"), folder.resolve("other.fxn"));
    assertThatThrownBy(() -> criteria(folder).loadModel())
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageEndingWith(
            "has several files of .fxn or .onnx: the model's name must be that of one");
  }

  @Test
  void loadsAModelOfOnnx() throws Exception {
    Network network = RandomNetwork.images(3);
    Path file = folder.resolve("quantized.onnx");
    Onnx.writeQuant(network, file);
    try (ZooModel<NDList, NDList> model = criteria(file).loadModel()) {
      assertThat(loaded(model).toBytes()).isEqualTo(Onnx.readNetwork(file).network().toBytes());
    }
    try (ZooModel<NDList, NDList> model =
        criteria(file, "inputFormat", "ap_fixed<12,5,AP_RND_CONV,AP_SAT>").loadModel()) {
      assertThat(loaded(model).inputFormat().width()).isEqualTo(12);
    }
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> criteria(file).loadModel())
        .isInstanceOf(MalformedModelException.class).hasMessageStartingWith(file + ": ");
  }

  @Test
  void refusesDamagedFiles() throws Exception {
    byte[] bytes = network("net.fxn").toBytes();
    Path file = folder.resolve("net.fxn");
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> criteria(file).loadModel())
        .isInstanceOf(MalformedModelException.class)
        .hasMessage(file + ": is damaged: its checksum is not that of its bytes");
    Files.writeString(file, "no network at all");
    assertThatThrownBy(() -> criteria(file).loadModel())
        .isInstanceOf(MalformedModelException.class).hasMessage(file + ": is not a network file");
  }

  @Test
  void refusesWhatIsNotThere() throws Exception {
    assertThatThrownBy(() -> criteria(folder).loadModel())
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageEndingWith("has no file of .fxn or .onnx");
    assertThatThrownBy(() -> criteria(folder.resolve("none.fxn")).loadModel())
        .isInstanceOf(ModelNotFoundException.class);
  }

  @Test
  void refusesOptionsThatCannotBe() throws Exception {
    network("net.fxn");
    RandomNetwork.features(1).save(folder.resolve("features.fxn"));
    Path file = folder.resolve("net.fxn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> criteria(file, "layout", "CHWN").loadModel())
        .withMessage("the option layout is CHWN: it must be NCHW or NHWC");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> criteria(file, "inputFormat", "int8").loadModel())
        .withMessageStartingWith("the option inputFormat is no format: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> criteria(file, "inputFormat", "ap_fixed<8,3>").loadModel())
        .withMessageEndingWith("says the format itself: only a model of ONNX takes one");
    assertThatIllegalArgumentException().isThrownBy(
        () -> criteria(folder.resolve("features.fxn"), "layout", "NCHW").loadModel())
        .withMessage("the option layout is NCHW, and the network takes"
            + " ap_fixed<6,3,AP_RND_CONV,AP_SAT> [7]: only images have channels first");
  }

  @Test
  void loadsAStreamAndSaves() throws Exception {
    Network network = network("net.fxn");
    try (Model model = Model.newInstance("copy", "Fixlane")) {
      assertThatThrownBy(() -> model.save(folder, null)).isInstanceOf(IllegalStateException.class);
      try (InputStream in = new ByteArrayInputStream(new byte[100])) {
        assertThatThrownBy(() -> model.load(in, Map.of()))
            .isInstanceOf(MalformedModelException.class)
            .hasMessage("the bytes: is not a network file");
      }
      try (InputStream in = Files.newInputStream(folder.resolve("net.fxn"))) {
        model.load(in, Map.of());
      }
      model.save(folder.resolve("saved"), null);
      assertThat(folder.resolve("saved/copy.fxn")).hasBinaryContent(network.toBytes());
      assertThatThrownBy(() -> model.load(folder)).isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith("the model has a block already");
      try (Predictor<NDList, NDList> predictor =
          model.newPredictor(new ai.djl.translate.NoopTranslator())) {
        assertThat(predictor.predict(new NDList())).isEmpty();
      }
    }
  }
}
