package io.fixlane.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.Sigmoid;
import io.fixlane.autograd.layers.Tanh;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.cli.Run;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane train --onnx}: a model that others have trained in float. */
class TrainOnnxTest {
  @TempDir
  private static Path folder;

  private static Path model;

  @BeforeAll
  static void trainInFloat() throws Exception {
    Sequential floats = Model.MLP.build(new int[] {8, 8, 1}, 10, 1);
    new Trainer(floats, new Adam(ParameterGroup.of(floats.parameters(), 0.003f)),
        TrainingPlan.ofEpochs(4).withBatchSize(32)).train(Digits.readSplit());
    model = write("digits.onnx", floats, 10, "Relu");
  }

  private static Path write(String name, Sequential floats, int classes, String activation)
      throws IOException {
    return Files.write(folder.resolve(name), FloatModel.of(floats, classes, activation));
  }

  @Test
  void isCalibratedAndTrainedOnWithoutFloatTraining() throws IOException {
    Path out = folder.resolve("network.fxn");
    Path checkpoint = folder.resolve("checkpoint");
    Run run = Run.of("train", "--onnx", model.toString(), "--bits", "6", "--epochs", "2",
        "--checkpoint", checkpoint.toString(), "--out", out.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(model + ": 6-bit words, binary points learned; 2 epochs")
        .containsPattern("float +9\\d\\.\\d\\d %").containsPattern("QFX +9\\d\\.\\d\\d %")
        .contains("the same words as the training network on 359 of 359 test images");
    assertThat(Network.load(out).resultShape()).containsExactly(10);
    assertThat(folder.resolve("checkpoint.float")).doesNotExist();
    assertThat(folder.resolve("checkpoint.qfx")).exists();
  }

  private static void assertRefused(String text, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--epochs", "1", "--subset", "32"));
    args.addAll(List.of(more));
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("fixlane: ").contains(text).doesNotContain("\tat ");
  }

  /** What no function is looked up for may have more bits than tables can. */
  @Test
  void aWideInputGoesToProducts() throws IOException {
    Sequential floats = Model.MLP.build(new int[] {8, 8, 1}, 10, 1);
    Run run = Run.of("train", "--onnx", write("wide.onnx", floats, 10, "Sigmoid").toString(),
        "--input-bits", "17", "--score-bits", "18", "--epochs", "1", "--subset", "32");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("4-bit words, 17 bits in the input, 18 bits in scores")
        .contains("the same words as the training network on 359 of 359 test images");
  }

  @Test
  void tablesTakeTheInputWhereNothingCastsItBefore() {
    RandomGenerator random = new SplittableRandom(1);
    Widths widths = new Widths(4, Map.of(Role.INPUT, 17, Role.ELEMENT, 5, Role.SCORES, 18));
    Sequential linear = new Sequential(new Linear(4, 4, random));
    assertThat(OnnxNetwork.widestOfTables(linear, widths)).isZero();
    Sequential later = new Sequential(new Flatten(), linear, new Sigmoid());
    assertThat(OnnxNetwork.widestOfTables(later, widths)).isEqualTo(5);
    Sequential first = new Sequential(
        new Flatten(), new Residual(new Sequential(new Tanh(), linear)), linear);
    assertThat(OnnxNetwork.widestOfTables(first, widths)).isEqualTo(17);
    Sequential pooled = new Sequential(new Sequential(new MaxPool2d(2)), new Sigmoid());
    assertThat(OnnxNetwork.widestOfTables(pooled, widths)).isEqualTo(17);
  }

  @Test
  void mistakes() throws IOException {
    String file = model.toString();
    assertRefused("--onnx is " + file + ", and --model is given", "--onnx", file, "--model",
        "mlp");
    assertRefused("--out is " + file + ": it is the file of --onnx too", "--onnx", file,
        "--out", file);
    assertRefused("cannot be read", "--onnx", folder.resolve("none.onnx").toString());
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertRefused("--onnx is " + text + ": is no ONNX model", "--onnx", text.toString());
    Sequential other = Model.MLP.build(new int[] {8, 8, 1}, 7, 1);
    assertRefused("it must give a number for each of the 10 classes of --data", "--onnx",
        write("seven.onnx", other, 7, "Relu").toString());
    String sigmoid = write("sigmoid.onnx", other, 7, "Sigmoid").toString();
    String tables = "words of it can have 16 bits, and are to have 17";
    assertRefused(tables, "--bits", "17", "--onnx", sigmoid);
    assertRefused(tables, "--element-bits", "17", "--onnx", sigmoid);
    Sequential large = Model.MLP.build(new int[] {8, 9, 1}, 10, 1);
    assertRefused("(Gemm): its weights are 'p0' [72, 64]", "--onnx",
        write("large.onnx", large, 10, "Relu").toString());
  }
}
