package io.fixlane.autograd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of CIFAR-10 and CIFAR-100, good and bad. */
class CifarFolderTest {
  private static final int PLANE = 1024;
  private static final int PIXELS = 3 * PLANE;

  @TempDir
  private Path folder;

  /** Returns an image whose bytes count up from one, and its label. */
  private static byte[] record(int first, int... labels) {
    byte[] bytes = new byte[labels.length + PIXELS];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    for (int i = 0; i < PIXELS; i++) {
      bytes[labels.length + i] = (byte) (first + 7 * i + i / PLANE);
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  private void write(String name, byte[]... records) throws IOException {
    Files.write(folder.resolve(name), joined(records));
  }

  @BeforeEach
  void writeFolder() throws IOException {
    write("data_batch_1.bin", record(0, 3), record(100, 9));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(record(17, 0));
    }
    write("data_batch_2.bin.gz", packed.toByteArray());
    write("test_batch.bin", record(200, 5));
  }

  private DataSplit read() throws IOException {
    return CifarFolder.read("tiny", folder, Integer.MAX_VALUE);
  }

  private void assertRefused(String file, String rule) {
    assertThatThrownBy(this::read).isInstanceOf(DataFileException.class)
        .hasMessage(folder.resolve(file) + ": " + rule);
  }

  @Test
  void planesBecomePixels() throws IOException {
    assertThat(CifarFolder.isOne(folder)).isTrue();
    Dataset train = read().train();
    assertThat(train).hasToString("tiny train: 3 images 32x32x3, 10 classes");
    assertThat(new int[] {train.label(0), train.label(1), train.label(2)})
        .containsExactly(3, 9, 0);
    byte[] bytes = record(100, 9);
    for (int i = 0; i < PLANE; i++) {
      for (int c = 0; c < 3; c++) {
        int pixel = bytes[1 + c * PLANE + i] & 0xff;
        assertThat(train.images()[PIXELS + 3 * i + c]).isEqualTo(pixel / 128f - 1);
      }
    }
    assertThat(read().test().label(0)).isEqualTo(5);
  }

  @Test
  void aPixelIsTheByteWithItsFirstBitInverted() throws IOException {
    Dataset test = read().test();
    FixedTensor words =
        FixedTensor.quantize(FixedFormat.parse("ap_fixed<8,1>"), test.images(), PIXELS);
    byte[] bytes = record(200, 5);
    for (int i = 0; i < PLANE; i++) {
      assertThat((int) words.raw(3L * i)).isEqualTo((byte) (bytes[1 + i] ^ 0x80));
    }
  }

  @Test
  void onlyTheFirstImages() throws IOException {
    Dataset train = CifarFolder.read("tiny", folder, 2).train();
    assertThat(train).hasToString("tiny train first 2: 2 images 32x32x3, 10 classes");
    assertThat(CifarFolder.read("tiny", folder, 1).train().images())
        .isEqualTo(Arrays.copyOf(train.images(), PIXELS));
  }

  @Test
  void fineLabelsOfCifar100() throws IOException {
    Path other = Files.createDirectory(folder.resolve("100"));
    Files.write(other.resolve("train.bin"), record(1, 19, 99));
    Files.write(other.resolve("test.bin"), record(1, 2, 40));
    DataSplit split = CifarFolder.read("fine", other, Integer.MAX_VALUE);
    assertThat(split.train()).hasToString("fine train: 1 images 32x32x3, 100 classes");
    assertThat(split.train().label(0)).isEqualTo(99);
    assertThat(split.test().label(0)).isEqualTo(40);
    assertThat(CifarFolder.files(other)).containsExactly(
        other.resolve("train.bin"), other.resolve("test.bin"));
  }

  @Test
  void missingFiles() throws IOException {
    write("data_batch_4.bin", record(0, 1));
    assertRefused("data_batch_3.bin", "there is no such file, nor one that ends in .gz");
    Files.delete(folder.resolve("data_batch_4.bin"));
    Files.delete(folder.resolve("test_batch.bin"));
    assertRefused("test_batch.bin", "there is no such file, nor one that ends in .gz");
    Files.delete(folder.resolve("data_batch_1.bin"));
    assertThat(CifarFolder.isOne(folder)).isFalse();
    assertRefused("data_batch_1.bin", "there is no such file, nor one that ends in .gz");
    assertThatThrownBy(() -> CifarFolder.files(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": there is no such folder");
  }

  @Test
  void damagedFiles() throws IOException {
    write("data_batch_1.bin", record(0, 3), new byte[5]);
    assertRefused("data_batch_1.bin",
        "it has 3078 bytes: they must be a multiple of 3073, an image and its label");
    write("data_batch_1.bin");
    assertRefused("data_batch_1.bin",
        "it has 0 bytes: they must be a multiple of 3073, an image and its label");
    write("data_batch_1.bin", record(0, 3), record(0, 10));
    assertRefused("data_batch_1.bin", "label 1 is 10: it must be in 0..9");
    write("data_batch_1.bin", new byte[10_001 * 3073]);
    assertRefused("data_batch_1.bin", "it has more than 10000 images");
  }
}
