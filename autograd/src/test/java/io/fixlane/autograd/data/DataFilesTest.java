package io.fixlane.autograd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files, good and bad: the message names the file and the rule. */
class DataFilesTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";

  @TempDir
  private Path folder;

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private void writeImages(int... values) throws IOException {
    write(TRAIN_IMAGES, bytes(values));
  }

  private void writeLabels(int... values) throws IOException {
    write(TRAIN_LABELS, bytes(values));
  }

  /** Two images of 1 x 2 to train with, and one to test with, packed. */
  @BeforeEach
  void writeFolder() throws IOException {
    writeImages(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102);
    writeLabels(0, 0, 8, 1, 0, 0, 0, 2, 9, 0);
    write("t10k-images-idx3-ubyte.gz",
        packed(bytes(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 255, 0)));
    write("t10k-labels-idx1-ubyte.gz", packed(bytes(0, 0, 8, 1, 0, 0, 0, 1, 5)));
  }

  private void assertRefused(String file, String rule) {
    assertThatThrownBy(() -> IdxFolder.read("tiny", folder)).isInstanceOf(DataFileException.class)
        .hasMessage(folder.resolve(file) + ": " + rule);
  }

  @Test
  void plainAndPackedFiles() throws IOException {
    DataSplit tiny = IdxFolder.read("tiny", folder);
    assertThat(tiny.train()).hasToString("tiny train: 2 images 1x2x1, 10 classes");
    assertThat(tiny.train().images()).containsExactly(0, 1, 0.2f, 0.4f);
    assertThat(tiny.train().label(0)).isEqualTo(9);
    assertThat(tiny.test().images()).containsExactly(1, 0);
    assertThat(tiny.test().label(0)).isEqualTo(5);
  }

  @Test
  void missingFiles() throws IOException {
    Files.delete(folder.resolve(TRAIN_LABELS));
    assertRefused(TRAIN_LABELS, "there is no such file, nor one that ends in .gz");
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> IdxFolder.read("x", nowhere))
        .hasMessage(nowhere + ": there is no such folder");
  }

  @Test
  void adviceWhereFashionMnistIsMissing() {
    Path nowhere = folder.resolve("fashion-mnist");
    assertThatThrownBy(() -> IdxFolder.readFashionMnist(nowhere, 1)).hasMessage(
        nowhere
            + ": there is no such folder: apt-get install dataset-fashion-mnist makes it; or get"
            + " the four files of Fashion-MNIST from https://github.com/zalandoresearch/fashion-mnist"
            + " into any folder, and name that");
  }

  @Test
  void wrongMagicNumbers() throws IOException {
    writeImages('P', 'N', 'G');
    assertRefused(TRAIN_IMAGES, "it is no IDX file: one begins with two bytes 0");
    writeImages(0, 0, 13, 3);
    assertRefused(TRAIN_IMAGES, "the type of its numbers is 13: it must be 8, unsigned bytes");
    writeImages(0, 0, 8, 1, 0, 0, 0, 1, 7);
    assertRefused(TRAIN_IMAGES, "it has 1 dimensions: it must have 3");
    writeImages();
    assertRefused(TRAIN_IMAGES, "it is no IDX file: one begins with two bytes 0");
  }

  @Test
  void filesThatAreCutOffOrTooLong() throws IOException {
    writeImages(0, 0, 8, 3, 0, 0, 0, 2, 0);
    assertRefused(TRAIN_IMAGES, "it is cut off within its header");
    writeImages(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51);
    assertRefused(TRAIN_IMAGES, "it has 3 numbers: its header says [2, 1, 2], which are 4");
    writeImages(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 1, 1);
    assertRefused(TRAIN_IMAGES, "it has more numbers than the [2, 1, 2] of its header");
    writeImages(0, 0, 8, 3, 127, 255, 255, 255, 127, 255, 255, 255, 127, 255, 255, 255);
    assertRefused(
        TRAIN_IMAGES, "its header says [2147483647, 2147483647, 2147483647]: an array does not hold"
            + " the pixels of 2147483647 such images");
    writeImages(0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 1, 0, 0, 0, 1);
    assertRefused(TRAIN_IMAGES, "its header says [-1, 1, 1]: dimensions must be positive");
  }

  /** 1000 images of 1000 x 1000 zeros in a megabyte: 4 GB in memory, or 4 MB of the first one. */
  @Test
  void whatIsTooLargeForTheMemoryIsRefusedBeforeItIsRead() throws IOException {
    int count = Math.toIntExact(Runtime.getRuntime().maxMemory() / 4_000_000 + 1);
    ByteBuffer header = ByteBuffer.allocate(16).putInt(0x803).putInt(count).putInt(1000)
        .putInt(1000);
    Path file = folder.resolve(TRAIN_IMAGES + ".gz");
    Files.delete(folder.resolve(TRAIN_IMAGES));
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(header.array());
      out.write(new byte[2_000_000]);
    }
    writeLabels(concatenated(new int[] {0, 0, 8, 1, count >> 24, count >> 16, count >> 8, count},
        new int[count]));
    assertThatThrownBy(() -> IdxFolder.read("large", folder))
        .isInstanceOfSatisfying(DataFileException.class, e -> assertThat(e.isTooLarge()).isTrue())
        .message().matches(Pattern.quote(file + ": " + count + " images of 1000 x 1000 would need ")
            + "[0-9.]+ GB of memory, and [0-9.]+ .B are free");
    // Of the same size to test with.
    write("t10k-images-idx3-ubyte", concatenated(bytes(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 3, 232, 0, 0,
        3, 232), new byte[1_000_000]));
    write("t10k-labels-idx1-ubyte", bytes(0, 0, 8, 1, 0, 0, 0, 1, 0));
    Dataset first = IdxFolder.read("large", folder, 2).train();
    assertThat(first).hasToString("large train first 2: 2 images 1000x1000x1, 1 classes");
  }

  private static int[] concatenated(int[] one, int[] other) {
    return IntStream.concat(IntStream.of(one), IntStream.of(other)).toArray();
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  @Test
  void namesWithDotsOrWithMoreBefore() throws IOException {
    move(TRAIN_IMAGES, "train-images.idx3-ubyte");
    move(TRAIN_LABELS, "emnist-letters-train-labels-idx1-ubyte");
    move("t10k-images-idx3-ubyte.gz", "t10k-images.idx3-ubyte.gz");
    move("t10k-labels-idx1-ubyte.gz", "emnist-letters-test-labels-idx1-ubyte.gz");
    assertThat(IdxFolder.read("tiny", folder).test().label(0)).isEqualTo(5);
    // Packed and plain are one; two names are not.
    Files.writeString(folder.resolve("train-images.idx3-ubyte.gz"), "not read");
    assertThat(IdxFolder.files(folder)).extracting(file -> file.getFileName().toString())
        .containsExactly("train-images.idx3-ubyte", "emnist-letters-train-labels-idx1-ubyte",
            "t10k-images.idx3-ubyte.gz", "emnist-letters-test-labels-idx1-ubyte.gz");
    Files.writeString(folder.resolve("emnist-digits-train-labels-idx1-ubyte"), "");
    assertThatThrownBy(() -> IdxFolder.read("tiny", folder)).hasMessage(
        folder + ": it has emnist-digits-train-labels-idx1-ubyte and "
            + "emnist-letters-train-labels-idx1-ubyte: there must be one of them");
  }

  private void move(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to));
  }

  /** As EMNIST's letters: 26 classes, of which the first has the label 1. */
  @Test
  void theLabelsSayTheClasses() throws IOException {
    writeLabels(0, 0, 8, 1, 0, 0, 0, 2, 26, 1);
    DataSplit letters = IdxFolder.read("letters", folder);
    assertThat(letters.train()).hasToString("letters train: 2 images 1x2x1, 26 classes");
    assertThat(letters.train().label(0)).isEqualTo(25);
    assertThat(letters.train().label(1)).isZero();
    assertThat(letters.test().classes()).isEqualTo(26);
    assertThat(letters.test().label(0)).isEqualTo(4);
    assertThat(letters.test().firstLabel()).isEqualTo(1);
    assertThat(letters.test().first(1).firstLabel()).isEqualTo(1);
    // The classes of the first image are those of all.
    assertThat(IdxFolder.read("letters", folder, 1).train().classes()).isEqualTo(26);
    assertThat(Labels.of(new int[] {0, 61})).isEqualTo(new Labels(0, 62));
    assertThat(Labels.of(new int[] {3, 2})).isEqualTo(new Labels(1, 3));
  }

  @Test
  void packedFilesThatAreDamaged() throws IOException {
    byte[] good = packed(bytes(0, 0, 8, 1, 0, 0, 0, 2, 9, 0));
    write(TRAIN_LABELS, Arrays.copyOf(good, good.length - 9));
    assertRefused(TRAIN_LABELS, "it is cut off: the packed data end too early");
    write(TRAIN_LABELS, Arrays.copyOf(good, 5));
    assertRefused(TRAIN_LABELS, "it is cut off: the packed data end too early");
    byte[] flipped = good.clone();
    flipped[good.length - 6] ^= 1;
    write(TRAIN_LABELS, flipped);
    assertThatThrownBy(() -> IdxFolder.read("tiny", folder)).isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(folder.resolve(TRAIN_LABELS) + ": the packed data are damaged: ");
  }

  @Test
  void filesThatDoNotBelongTogether() throws IOException {
    writeLabels(0, 0, 8, 1, 0, 0, 0, 1, 9);
    assertRefused(
        TRAIN_LABELS, "it has 1 labels: there are 2 images in " + folder.resolve(TRAIN_IMAGES));
    writeLabels(0, 0, 8, 1, 0, 0, 0, 2, 4, 0);
    assertRefused("t10k-labels-idx1-ubyte.gz",
        "label 0 is 5: those to train with are in 0..4");
    writeLabels(0, 0, 8, 1, 0, 0, 0, 2, 9, 0);
    writeImages(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 255, 51, 102);
    assertThatThrownBy(() -> IdxFolder.read("tiny", folder)).hasMessage(
        folder + ": the images are 2 x 1 to train with and 1 x 2 to test with: they must have one"
            + " size");
  }
}
