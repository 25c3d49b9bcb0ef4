package io.fixlane.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.cli.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets as people have them: other numbers of classes, labels from 1, lines of numbers. */
class OtherDataTest {
  @TempDir
  private Path folder;

  private Run run(String command, Path data, String... more) {
    String network = folder.resolve("network.fxn").toString();
    String[] args = command.equals("train")
        ? new String[] {"train", "--epochs", "1", "--out", network, "--data", data.toString()}
        : new String[] {"evaluate", network, "--data", data.toString()};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    Run run = Run.of(all);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  /** As EMNIST's letters: 26 classes from 1 on. */
  @Test
  void lettersFromTheFirstOn() throws IOException {
    IdxFiles.write(folder, 6, 52, i -> 1 + i % 26);
    for (String model : new String[] {"mlp", "cnn"}) {
      Run train = run("train", folder, "--model", model);
      assertThat(train.out()).contains("train: 52 images 6x6x1, 26 classes",
          "on 52 of 52 test images");
      Run evaluate = run("evaluate", folder);
      assertThat(evaluate.out()).contains("test: 52 images 6x6x1, 26 classes", "  as 1  ", "as 26")
          .doesNotContain("as 0", "as 27");
      assertThat(evaluate.out().lines().map(String::strip)
          .filter(line -> line.matches("\\d+ +2 .*")).map(line -> line.split(" ")[0]))
          .hasSize(26).startsWith("1").endsWith("26");
    }
  }

  @Test
  void twoClasses() throws IOException {
    IdxFiles.write(folder, 6, 20, i -> i % 2);
    assertThat(run("train", folder, "--subset", "10").out())
        .contains("train first 10: 10 images 6x6x1, 2 classes", "on 20 of 20 test images");
    assertThat(run("evaluate", folder).out()).contains("as 1").doesNotContain("as 2");
  }

  /** The same images in both orders give the same network. */
  @Test
  void linesWithTheLabelAtEitherEnd() throws IOException {
    Path first = folder.resolve("first.csv");
    Path last = folder.resolve("last.csv");
    StringBuilder firstLines = new StringBuilder("label,1x1,1x2,2x1,2x2\n");
    StringBuilder lastLines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String pixels = i % 4 * 60 + "," + i * 5 + ",0," + 255 / (i + 1);
      firstLines.append(i % 4).append(',').append(pixels).append('\n');
      lastLines.append(pixels).append(',').append(i % 4).append("\r\n");
    }
    Files.writeString(first, firstLines);
    Files.writeString(last, lastLines);
    Path network = folder.resolve("network.fxn");
    assertThat(run("train", first).out()).contains("train: 32 images 2x2x1, 4 classes",
        "on 8 of 8 test images");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(network));
    assertThat(run("evaluate", first, "--label", "First").out()).contains("8 images");
    run("train", last, "--label", "last");
    assertThat(ByteBuffer.wrap(Files.readAllBytes(network))).isEqualTo(bytes);
    Run two = run("train", first, "--test-data", first.toString());
    assertThat(two.out()).contains("train: 40 images 2x2x1, 4 classes",
        "on 40 of 40 test images");
  }

  /** Colour images in CIFAR-10's form, moved and mirrored while training. */
  @Test
  void photographs() throws IOException {
    byte[] images = new byte[20 * 3073];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) (i % 3073 == 0 ? i / 3073 % 10 : i * 31 + i / 3073);
    }
    Files.write(folder.resolve("data_batch_1.bin"), images);
    Files.write(folder.resolve("test_batch.bin"), images);
    String[] changes = {"--shift", "4", "--mirror", "--label-smoothing", "0.1", "--warmup", "0.5",
      "--weight-decay", "0.01", "--bits", "8"};
    assertThat(run("train", folder, changes).out())
        .contains("train: 20 images 32x32x3, 10 classes", "on 20 of 20 test images");
    byte[] network = Files.readAllBytes(folder.resolve("network.fxn"));
    // Of 8 bits and I = 1 the input's words are the bytes of the file, but for their first bit.
    assertThat(run("evaluate", folder).out()).contains("ap_fixed<8,1,AP_RND_CONV,AP_SAT>");
    String[] alone = Arrays.copyOf(changes, changes.length + 2);
    alone[changes.length] = "--threads";
    alone[changes.length + 1] = "1";
    run("train", folder, alone);
    assertThat(Files.readAllBytes(folder.resolve("network.fxn"))).isEqualTo(network);
  }

  @Test
  void whatIsNoLineOfNumbersIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("images.csv"), "1,2,3,x,5\n");
    Run run = Run.of("train", "--data", file.toString());
    assertThat(run.err()).isEqualTo("fixlane: --data is " + file + ": " + file
        + ": line 1, field 4 is 'x': it must be a whole number in 0..255\n");
    assertThat(run.exitCode()).isEqualTo(2);
    Run label = Run.of("train", "--data", file.toString(), "--label", "middle");
    assertThat(label.err()).contains("'middle' is no place of a label: it must be first or last");
    assertThat(label.exitCode()).isEqualTo(2);
  }

  /** The header alone says it. */
  @Test
  void whatIsTooLargeForTheMemoryNeedsASubset() throws IOException {
    IdxFiles.write(folder, 4, 3, i -> i);
    int count = Math.toIntExact(Runtime.getRuntime().maxMemory() / 4_000_000 + 1);
    Path images = folder.resolve("train-images-idx3-ubyte");
    Files.write(images, ByteBuffer.allocate(16).putInt(0x803).putInt(count).putInt(1000)
        .putInt(1000).array());
    Run run = Run.of("train", "--data", folder.toString());
    assertThat(run.err()).startsWith("fixlane: --data is " + folder + ": " + images + ": " + count
        + " images of 1000 x 1000 would need ").endsWith(" are free: FIXLANE_JAVA_OPTS=-Xmx8g gives"
            + " 8 GB, --subset reads fewer to train with\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
