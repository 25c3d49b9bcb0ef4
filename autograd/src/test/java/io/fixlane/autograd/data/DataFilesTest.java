package io.fixlane.autograd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    assertThatThrownBy(() -> IdxFolder.readFashionMnist(nowhere)).hasMessage(
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
    assertRefused(TRAIN_IMAGES, "it has 5 numbers: its header says [2, 1, 2], which are 4");
    writeImages(0, 0, 8, 3, 127, 255, 255, 255, 127, 255, 255, 255, 127, 255, 255, 255);
    assertRefused(
        TRAIN_IMAGES, "its header says [2147483647, 2147483647, 2147483647]: dimensions must be"
            + " positive, and their product below 2^31");
    writeImages(0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 1, 0, 0, 0, 1);
    assertRefused(
        TRAIN_IMAGES, "its header says [-1, 1, 1]: dimensions must be positive, and their product"
            + " below 2^31");
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
    writeLabels(0, 0, 8, 1, 0, 0, 0, 2, 9, 10);
    assertRefused(TRAIN_LABELS, "label 1 is 10: it must be in 0..9");
    writeLabels(0, 0, 8, 1, 0, 0, 0, 2, 9, 0);
    writeImages(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 255, 51, 102);
    assertThatThrownBy(() -> IdxFolder.read("tiny", folder)).hasMessage(
        folder + ": the images are 2 x 1 to train with and 1 x 2 to test with: they must have one"
            + " size");
  }

  private void assertCsvRefused(String content, String rule) throws IOException {
    Path file = folder.resolve("images.csv");
    Files.writeString(file, content);
    assertThatThrownBy(() -> new CsvImages(1, 2, 1, 16, 3).read("csv", file))
        .isInstanceOf(DataFileException.class).hasMessage(file + ": " + rule);
  }

  @Test
  void badLinesOfNumbers() throws IOException {
    assertCsvRefused("",
        "it has 0 lines: there must be at least one, and at most 2^31 pixels in all");
    assertCsvRefused("1,2,0\n1,2\n", "line 2 has 2 numbers: it must have 2 pixels and a label");
    assertCsvRefused("1,17,0\n", "line 1, field 2 is '17': it must be a whole number in 0..16");
    assertCsvRefused("1,-1,0\n", "line 1, field 2 is '-1': it must be a whole number in 0..16");
    assertCsvRefused("1,x,0\n", "line 1, field 2 is 'x': it must be a whole number in 0..16");
    assertCsvRefused("1,2,3\n", "line 1, field 3 is '3': it must be a whole number in 0..2");
    assertCsvRefused("1,2,\n", "line 1, field 3 is '': it must be a whole number in 0..2");
    Path nowhere = folder.resolve("nowhere.csv");
    assertThatThrownBy(() -> new CsvImages(1, 2, 1, 16, 3).read("csv", nowhere))
        .hasMessage(nowhere + ": there is no such file");
    assertThatThrownBy(() -> new CsvImages(1, 0, 1, 16, 3))
        .hasMessage("width is 0: it must be at least 1");
  }
}
