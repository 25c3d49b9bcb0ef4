package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network's file: whole, or refused. */
class NetworkFileTest {
  private final byte[] file = SmallNetwork.network().toBytes();

  @TempDir
  private Path folder;

  private static void assertRefused(byte[] bytes, String message) {
    assertThatExceptionOfType(NetworkFileException.class)
        .isThrownBy(() -> Network.fromBytes(bytes))
        .withMessageStartingWith("the bytes: " + message);
  }

  @Test
  void aNetworkIsLoadedAsItWasSaved() throws IOException {
    Path path = folder.resolve("small.fxn");
    SmallNetwork.network().save(path);
    assertThat(Files.readAllBytes(path)).isEqualTo(file);
    Network loaded = Network.load(path);
    assertThat(loaded.toBytes()).isEqualTo(file);
    assertThat(loaded.toString()).isEqualTo(SmallNetwork.network().toString());
    FixedTensor batch = FixedTensor.allocate(SmallNetwork.X, 2, 4, 4, 1);
    for (int i = 0; i < 32; i++) {
      batch.setRaw(i, i * i % 100 - 50);
    }
    assertThat(loaded.run(batch).contentEquals(SmallNetwork.network().run(batch))).isTrue();
  }

  /** Version 1 has other windows and slopes, and no layers of these kinds. */
  @Test
  void aFileOfVersion1IsReadAndSavedAsOneOfThisVersion() throws IOException {
    List<Layer> layers = SmallNetwork.network().layers().stream().filter(
        layer -> !(layer instanceof BinaryConvLayer) && !(layer instanceof BinaryDenseLayer)
            && !(layer instanceof ThresholdLayer) && !(layer instanceof ConcatLayer))
        .toList();
    Network same = Network.of(SmallNetwork.X, new int[] {4, 4, 1}, layers);
    try (InputStream in = NetworkFileTest.class.getResourceAsStream("small-1.fxn")) {
      assertThat(Network.fromBytes(in.readAllBytes()).toBytes()).isEqualTo(same.toBytes());
    }
  }

  /** N is a part of the type, also where the overflow mode saturates and N does nothing. */
  @Test
  void aFormatKeepsItsSaturatedBits() throws NetworkFileException {
    FixedFormat x = FixedFormat.parse("ap_fixed<8,4,AP_RND,AP_SAT,1>");
    Network network = Network.builder(x, 2).cast("cast", FixedFormat.parse("fixed<4,2,RND,SAT,3>"))
        .build();
    Network loaded = Network.fromBytes(network.toBytes());
    assertThat(loaded.inputFormat()).isEqualTo(x);
    FixedTensor words = loaded.run(SmallNetwork.words(x, new int[] {1, 2}, 127, -1));
    assertThat(words.format()).hasToString("ap_fixed<4,2,AP_RND,AP_SAT,3>");
    assertThat(new long[] {words.raw(0), words.raw(1)}).containsExactly(7, 0);
  }

  @Test
  void aFileTakesThePlaceOfAnother() throws IOException {
    Path path = folder.resolve("small.fxn");
    Files.writeString(path, "another");
    SmallNetwork.network().save(path);
    assertThat(Files.readAllBytes(path)).isEqualTo(file);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void whatCannotBeReplacedStays() throws IOException {
    Path path = Files.createDirectory(folder.resolve("small.fxn"));
    Path inside = Files.writeString(path.resolve("inside"), "inside");
    assertThatThrownBy(() -> SmallNetwork.network().save(path)).isInstanceOf(IOException.class);
    assertThat(inside).hasContent("inside");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void everyChangeOfABitIsRefused() {
    for (int i = 0; i < 8 * file.length; i++) {
      assertChangeIsRefused(file, i / 8, 1 << i % 8);
    }
  }

  @Test
  void everyChangeOfAByteIsRefused() {
    byte[] tiny = Network.builder(SmallNetwork.X, 1).relu("r", SmallNetwork.X).build().toBytes();
    for (int i = 0; i < tiny.length; i++) {
      for (int bits = 1; bits < 256; bits++) {
        assertChangeIsRefused(tiny, i, bits);
      }
    }
  }

  private static void assertChangeIsRefused(byte[] file, int place, int bits) {
    byte[] changed = file.clone();
    changed[place] ^= (byte) bits;
    try {
      Network.fromBytes(changed);
      fail("byte %s with the bits %s changed was read", place, bits);
    } catch (NetworkFileException e) {
      assertThat(e.getMessage()).startsWith("the bytes: ");
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < file.length; length++) {
      assertRefused(Arrays.copyOf(file, length), length < 8
          ? "is not a network file"
          : "is truncated: it has " + length + " bytes");
    }
  }

  @Test
  void bytesAtTheEndAreRefused() {
    assertRefused(Arrays.copyOf(file, file.length + 1), "is damaged: it has "
        + (file.length + 1) + " bytes, and says that it has " + file.length);
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] newer = file.clone();
    newer[8] = 3;
    assertRefused(newer, "has version 3: only versions 1 to 2 can be read");
    newer[8] = 0;
    assertRefused(newer, "has version 0: only versions 1 to 2 can be read");
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "a text that is no network at all");
    assertThatExceptionOfType(NetworkFileException.class).isThrownBy(() -> Network.load(text))
        .withMessage(text + ": is not a network file");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThatExceptionOfType(NetworkFileException.class).isThrownBy(() -> Network.load(empty))
        .withMessage(empty + ": is not a network file");
    assertThatThrownBy(() -> Network.load(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLongForeignFileIsNotRead() throws IOException {
    Path sparse = folder.resolve("sparse");
    try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), 1L << 33);
      assertThatExceptionOfType(NetworkFileException.class).isThrownBy(() -> Network.load(sparse))
          .withMessage(sparse + ": is not a network file");
      channel.write(header((1L << 33) + 1), 0);
      assertThatExceptionOfType(NetworkFileException.class).isThrownBy(() -> Network.load(sparse))
          .withMessage(sparse + ": has 8589934593 bytes: at most 2147483639 can be read");
    }
  }

  /** A file of as many bytes as there is memory, of which only the header is read. */
  @Test
  void whatIsTooLargeForTheMemoryIsRefusedBeforeItIsRead() throws IOException {
    long length = Math.min(Runtime.getRuntime().maxMemory(), Integer.MAX_VALUE - 8);
    Path large = folder.resolve("large");
    try (FileChannel channel = FileChannel.open(large, StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), length - 1);
      channel.write(header(length), 0);
    }
    if (2 * length > Runtime.getRuntime().maxMemory()) {
      assertThatExceptionOfType(NetworkFileException.class).isThrownBy(() -> Network.load(large))
          .withMessageMatching(Pattern.quote(large + ": its " + length + " bytes would need ")
              + "[0-9.]+ GB of memory, and [0-9.]+ .B are free");
    }
  }

  private ByteBuffer header(long length) {
    return ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN)
        .put(file, 0, 12).putLong(length).flip();
  }

  @Test
  void theFileIsTheOneOfTheTable() {
    Network network = Network.builder(SmallNetwork.W, 2)
        .dense("d", Weights.of(SmallNetwork.words(SmallNetwork.W, new int[] {2, 1}, 3, -2)),
            OutputStage.to(SmallNetwork.W))
        .build();
    byte[] format = "\rap_fixed<3,3>".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer expected = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x89, 'F', 'X', 'N', '\r', '\n', 0x1a, '\n'})
        .putInt(2)
        .putLong(96)
        .put(format).put((byte) 1).putInt(2)
        .putInt(1)
        .put((byte) 1).put((byte) 1).put((byte) 'd')
        .put((byte) 0)
        .put(format).put((byte) 2).putInt(2).putInt(1).put((byte) 0b110_011)
        .put(format).put((byte) 0).put((byte) 0).put((byte) 0).putInt(0);
    assertThat(Arrays.copyOf(network.toBytes(), network.toBytes().length - 4))
        .isEqualTo(Arrays.copyOf(expected.array(), expected.position()));
  }
}
