package io.fixlane.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.ClassPath;
import io.fixlane.cli.Main;
import io.fixlane.cli.Run;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fixlane train}, on the digits and on files that are none. */
class TrainCommandTest {
  private static final List<String> SMALL =
      List.of("--model", "mlp", "--epochs", "2", "--subset", "320");

  @TempDir
  private Path folder;

  private static Run train(List<String> base, String... more) {
    List<String> args = new ArrayList<>(List.of("train"));
    args.addAll(base);
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  /** Trains and returns the bytes of the deployed network. */
  private byte[] network(List<String> base, String... more) throws IOException {
    Path file = folder.resolve("network.fxn");
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--out", file.toString()));
    Run run = train(base, args.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).endsWith("It is saved in " + file + ".\n");
    return Files.readAllBytes(file);
  }

  @Test
  void tellsFloatAndCalibratedAndTrainedSideBySideAndComparesEveryWord() {
    Run run = train(SMALL);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).matches(
        """
            digits train first 320: 320 images 8x8x1, 10 classes
            digits test: 359 images 8x8x1, 10 classes
            mlp: 4-bit words, binary points learned; 2 epochs, seed 0

            network                test accuracy    loss
            float                        \\d\\d.\\d\\d %  \\d.\\d{4}
            PTQ, largest value           \\d\\d.\\d\\d %  \\d.\\d{4}
            PTQ, 99.9 % of values        \\d\\d.\\d\\d %  \\d.\\d{4}
            PTQ, least squares           \\d\\d.\\d\\d %  \\d.\\d{4}
            QFX                          \\d\\d.\\d\\d %  \\d.\\d{4}
            QFX is at [+-]\\d+.\\d\\d points from the best PTQ \\(.*\\), and at [+-]\\d+.\\d\\d \
            from float; one image is 0.28.

            The deployed network: 4,810 parameters in 2,516 bytes; 4,736 MACs, 4,736 \
            multiplications, 0 products of signs a sample; 0 K-hot adders.
            It gives the same words as the training network on 359 of 359 test images.
            """);
    assertThat(run.err().lines()).hasSize(4)
        .allMatch(line -> line.matches("(float|QFX  )  epoch  [12] of 2: loss .* left"));
  }

  /** The default but for its time: half of its epochs are enough to show what QFX is for. */
  @Test
  void learnsTheDigits() {
    Run run = train(List.of(), "--epochs", "8");
    String accuracy =
        run.out().lines().filter(line -> line.startsWith("QFX  ")).findFirst().orElseThrow();
    assertThat(Double.parseDouble(accuracy.split(" +")[1])).isGreaterThan(95);
    assertThat(run.out()).containsPattern("QFX is at \\+\\d+\\.\\d\\d points from the best PTQ");
    assertThat(run.out()).contains("on 359 of 359 test images");
  }

  @ParameterizedTest
  @CsvSource({"resnet8, 6, --khot, 2", "bnn, 8, --element-bits, 5",
    "cnn, 4, --khot-rule, truncate"})
  void everyModelDeploysTheSameWords(String model, String bits, String option, String value) {
    Run run = train(List.of("--epochs", "1", "--subset", "64"), "--model", model, "--bits", bits,
        option, value, "--no-learn-binary-point");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("binary points calibrated", "on 359 of 359 test images");
  }

  /** Also from the checkpoint after the epoch in which the widths became integers. */
  @Test
  void learnedWidthsKeepTheirBudgetAndDeployTheSameWords() throws IOException {
    String[] args = {"--bits", "8", "--budget", "2.5", "--channel-points", "--checkpoint",
      folder.resolve("mlp").toString()};
    Run run = train(SMALL, args);
    assertThat(run.out()).contains("by channel of weights, widths learned at the cost of 2.5 bits",
        "on 359 of 359 test images");
    Matcher cost = Pattern.compile("as much as W = (\\d\\.\\d\\d) everywhere").matcher(run.out());
    assertThat(cost.find()).isTrue();
    assertThat(Double.parseDouble(cost.group(1))).isBetween(2.0, 2.5);
    byte[] network = network(SMALL, args);
    Files.delete(folder.resolve("mlp.qfx"));
    assertThat(network(SMALL, args)).isEqualTo(network);
  }

  /** Three norms of a multiplication and an addition for each of their elements are gone. */
  @Test
  void foldedNormsCostNothing() throws IOException {
    String[] cnn =
        {"--model", "cnn", "--checkpoint", folder.resolve("cnn").toString(), "--epochs", "1"};
    List<String> few = List.of("--subset", "100");
    Network own = Network.fromBytes(network(few, cnn));
    Files.delete(folder.resolve("cnn.qfx"));
    List<String> folded = List.of("--subset", "100", "--fold-norms");
    Network network = Network.fromBytes(network(folded, cnn));
    assertThat(own.cost().multiplications()).isGreaterThan(own.cost().macs());
    assertThat(network.cost().multiplications()).isEqualTo(network.cost().macs())
        .isEqualTo(own.cost().macs());
  }

  /** Also that a training goes on with its own teacher alone. */
  @Test
  void theFloatNetworkIsTheTeacher() throws IOException {
    byte[] labels = network(SMALL);
    String[] taught = {"--teacher", "1", "--checkpoint", folder.resolve("mlp").toString()};
    byte[] network = network(SMALL, taught);
    assertThat(network).isNotEqualTo(labels).isEqualTo(network(SMALL, taught));
    Run other = train(SMALL, "--teacher", "0.5", "--checkpoint", taught[3]);
    assertThat(other.err()).contains("it is of another training: its teacher is 'share 1.0, ");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(network(SMALL, "--teacher", "0")).isEqualTo(labels);
  }

  @Test
  void hotWeightsNeedNoMultiplications() throws IOException {
    Network network = Network.fromBytes(network(SMALL, "--khot", "2"));
    assertThat(network.cost().multiplications()).isZero();
    assertThat(network.cost().adders()).isPositive();
  }

  @Test
  void theSeedDecidesAndTheThreadsDoNot() throws IOException {
    List<String> cnn = List.of("--epochs", "1", "--subset", "100");
    byte[] one = network(cnn, "--threads", "1");
    assertThat(network(cnn, "--threads", "3")).isEqualTo(one);
    assertThat(network(cnn, "--seed", "1")).isNotEqualTo(one);
  }

  @Test
  void aFinishedTrainingIsReadFromItsCheckpoints() throws IOException {
    byte[] expected = network(SMALL);
    String checkpoint = folder.resolve("mlp").toString();
    assertThat(network(SMALL, "--checkpoint", checkpoint)).isEqualTo(expected);
    Run again = train(SMALL, "--checkpoint", checkpoint);
    assertThat(again.err()).isEqualTo("float: goes on from " + checkpoint + ".float\nQFX: goes on "
        + "from " + checkpoint + ".qfx\n");
    assertThat(network(SMALL, "--checkpoint", checkpoint)).isEqualTo(expected);

    Run other = train(SMALL, "--checkpoint", checkpoint, "--bits", "6");
    assertThat(other.err()).endsWith("fixlane: --checkpoint: " + checkpoint + ".qfx: it is of "
        + "another training: its arithmetic is '4-bit words, binary points learned', and here it "
        + "is '6-bit words, binary points learned'; delete the file to begin anew, or name another "
        + "one\n");
    assertThat(other.exitCode()).isEqualTo(2);
  }

  /** Kills a process as soon as the checkpoint of a training is there. */
  @ParameterizedTest
  @ValueSource(strings = {".float", ".qfx"})
  void aTrainingThatIsKilledGoesOnToTheSameNetwork(String suffix) throws Exception {
    List<String> args = List.of("--model", "mlp", "--epochs", "6");
    String checkpoint = folder.resolve("mlp").toString();
    Process process = start(args, checkpoint);
    while (!Files.exists(Path.of(checkpoint + suffix)) && process.isAlive()) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    assertThat(Path.of(checkpoint + suffix)).exists();
    assertThat(network(args, "--checkpoint", checkpoint)).isEqualTo(network(args));
  }

  private static Process start(List<String> args, String checkpoint) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules", "jdk.incubator.vector", "-cp", ClassPath.ofTests(),
        Main.class.getName(), "train"));
    command.addAll(args);
    command.addAll(List.of("--checkpoint", checkpoint));
    return new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--bits | 25 | --bits is 25: it must be in 1..24",
    "--element-bits | 0 | --element-bits is 0: it must be in 1..24",
    "--input-bits | 25 | --input-bits is 25: it must be in 1..24",
    "--addend-bits | 0 | --addend-bits is 0: it must be in 1..24",
    "--score-bits | 25 | --score-bits is 25: it must be in 1..24",
    "--khot | 0 | --khot is 0: it must be in 1..24",
    "--epochs | 0 | --epochs is 0: it must be at least 1",
    "--batch | -1 | --batch is -1: it must be at least 1",
    "--threads | 0 | --threads is 0: it must be in 1..1024",
    "--rate | -1 | --rate is -1.0: it must be a positive number",
    "--rate | NaN | --rate is NaN: it must be a positive number",
    "--subset | 2000 | --subset is 2000: it must be in 1..1438",
    "--data | no | --data is no: it must be digits, fashion-mnist, cifar-10, cifar-100, or a "
        + "folder or a file that exists",
    "--data | cifar-10 | --data is cifar-10: there is no folder cifar-10-batches-bin here: curl "
        + "-LO https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz && tar xzf "
        + "cifar-10-binary.tar.gz makes it",
    "--budget | 9 | --budget is 9.0: it must be in 1..4, that of --bits",
    "--budget | NaN | --budget is NaN: it must be in 1..4, that of --bits",
    "--teacher | 1.5 | --teacher is 1.5: it must be in 0..1",
    "--teacher | NaN | --teacher is NaN: it must be in 0..1",
    "--shift | -1 | --shift is -1: it must be in 0..1024",
    "--label-smoothing | 1 | --label-smoothing is 1.0: it must be at least 0 and below 1",
    "--weight-decay | -1 | --weight-decay is -1.0: it must be 0 or a positive number",
    "--warmup | NaN | --warmup is NaN: it must be 0 or a positive number",
    "--label | last | --label is for files of lines alone: --data is digits",
    "--out | no/network.fxn | --out is no/network.fxn: its folder does not exist",
    "--out | . | --out is .: it is a folder",
    "--checkpoint | no/mlp | --checkpoint is no/mlp: its folder does not exist",
  })
  void mistakesAreFoundBeforeTraining(String option, String value, String message) {
    Run run = train(List.of(), option, value);
    assertThat(run.err()).isEqualTo("fixlane: " + message + "\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aModelThatThereIsNotIsToldWithThoseThatThereAre() {
    Run run = train(List.of(), "--model", "lenet");
    assertThat(run.err())
        .contains("--model", "[MLP, CNN, RESNET8, BNN, VGG, BINARY_VGG]", "'lenet'");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void trainingThatDivergesNamesTheLayer() {
    Path checkpoint = folder.resolve("mlp");
    Run run = train(SMALL, "--rate", "1e38", "--checkpoint", checkpoint.toString());
    assertThat(run.err()).startsWith("fixlane: float: training diverged in epoch 1, batch 2: the "
        + "loss is NaN, and the first number that is not finite is in the output [32, 64] of "
        + "MatMul in layer hidden; a --rate smaller than").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDamagedCheckpointIsRefusedAndStays() throws IOException {
    Path checkpoint = Files.writeString(folder.resolve("mlp.float"), "FIXLANE-CKPT and more");
    Run run = train(SMALL, "--checkpoint", folder.resolve("mlp").toString());
    assertThat(run.err())
        .endsWith("fixlane: --checkpoint: " + checkpoint + ": it is damaged: it is "
            + "cut off; delete the file to begin anew, or name another one\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(checkpoint).hasContent("FIXLANE-CKPT and more");
  }

  @Test
  void dataThatAreDamagedAreNamed() throws IOException {
    Run missing = train(SMALL, "--data", folder.toString());
    assertThat(missing.err()).isEqualTo("fixlane: --data is " + folder + ": "
        + folder.resolve("train-images-idx3-ubyte")
        + ": there is no such file, nor one that ends in .gz\n");
    assertThat(missing.exitCode()).isEqualTo(2);

    IdxFiles.write(folder, 4, 3, 12);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[8 + 2] = 13;
    Files.write(labels, bytes);
    Run label = train(List.of(), "--data", folder.toString());
    assertThat(label.err()).isEqualTo("fixlane: --data is " + folder + ": " + labels
        + ": label 2 is 13: those to train with are in 0..12\n");
    assertThat(label.exitCode()).isEqualTo(2);
  }

  @Test
  void imagesThatAreTooSmallAreRefused() throws IOException {
    IdxFiles.write(folder, 1, 10, 9);
    Run run = train(SMALL.subList(0, 4), "--data", folder.toString());
    assertThat(run.err()).startsWith("fixlane: --data has images that --model cannot take: "
        + "sampleShape is [1, 1, 1]: ").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void trainsOnAFolder() throws IOException {
    IdxFiles.write(folder, 6, 20, 9);
    Run run = train(List.of("--epochs", "1"), "--data", folder.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("test: 20 images 6x6x1", "on 20 of 20 test images");
  }
}
