package io.fixlane.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.Dataset;
import io.fixlane.cli.Run;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fixlane evaluate}, on networks that were trained and on files that are none. */
class EvaluateCommandTest {
  @TempDir
  private Path folder;

  @Test
  void tellsTheAccuracyThatTrainingTold() {
    String file = folder.resolve("network.fxn").toString();
    Run train = Run.of("train", "--model", "mlp", "--epochs", "3", "--out", file);
    assertThat(train.exitCode()).as(train.err()).isZero();
    String accuracy = train.out().lines().filter(line -> line.startsWith("QFX  "))
        .map(line -> line.split(" +")[1]).findFirst().orElseThrow();
    Run run = Run.of("evaluate", file, "--threads", "2");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("input  ap_")
        .contains("hidden  dense, weights 4096 of", "total  4,810 parameters",
            "digits test: 359 images 8x8x1, 10 classes\n", " of 359 right, " + accuracy + " %\n",
            " images/s at best, on 2 threads\n", "class  images  ")
        .doesNotContain("kernel");
    assertThat(Run.of("evaluate", file, "--explain").out()).contains("f32");
  }

  @Test
  void confusionsAreCountedByTheRightClass() {
    Dataset dataset = new Dataset("five", new int[] {1, 1, 1}, 3, new float[5],
        new int[] {0, 0, 1, 1, 2});
    Confusion confusion = Confusion.of(dataset, new int[] {0, 1, 1, 1, 0});
    assertThat(confusion.right()).isEqualTo(3);
    assertThat(confusion.images()).isEqualTo(5);
    StringWriter text = new StringWriter();
    confusion.print(new PrintWriter(text, true));
    assertThat(text.toString().lines()).containsExactly(
        "class  images    recall  precision  as 0  as 1  as 2",
        "    0       2   50.00 %    50.00 %     1     1     .",
        "    1       2  100.00 %    66.67 %     .     2     .",
        "    2       1    0.00 %                1     .     .");
  }

  @Test
  void whatIsNoNetworkOrADamagedOneIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "a text and no network at all");
    assertRefused("NETWORK: " + text + ": is not a network file", text);
    byte[] bytes = Network.builder(FixedFormat.signed(8, 3), 8, 8, 1).flatten("flatten").build()
        .toBytes();
    bytes[bytes.length - 6] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.fxn"), bytes);
    assertRefused("NETWORK: " + damaged + ": is damaged: its checksum is not that of its bytes",
        damaged);
    Path nowhere = folder.resolve("nowhere.fxn");
    assertRefused("NETWORK is " + nowhere + ": there is no such file", nowhere);
  }

  @Test
  void imagesAndClassesMustBeThoseOfTheNetwork() throws IOException {
    Path file = folder.resolve("flatten.fxn");
    Network.builder(FixedFormat.signed(8, 3), 8, 8, 1).flatten("flatten").build().save(file);
    assertRefused("NETWORK is " + file + ": it gives 64 numbers, and digits test has 10 classes",
        file);
    IdxFiles.write(folder, 4, 20, 9);
    assertRefused("NETWORK is " + file + ": it takes images of 8 x 8 x 1, and those of " + folder
        + " test are 4 x 4 x 1 (--data names others)", file, "--data", folder.toString());
    assertRefused("--threads is 0: it must be in 1..1024", file, "--threads", "0");
  }

  private static void assertRefused(String message, Path file, String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "evaluate";
    args[1] = file.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    Run run = Run.of(args);
    assertThat(run.err()).isEqualTo("fixlane: " + message + "\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
