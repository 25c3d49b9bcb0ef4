package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Files whose length and checksum are right, and whose content is not. */
class HostileFileTest {
  private static final String X = "ap_fixed<8,8>";

  /** The bytes of a network, as a file has them. */
  private static final class Content {
    private final ByteBuffer bytes =
        ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    Content text(String text) {
      bytes.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    Content octets(int... octets) {
      for (int octet : octets) {
        bytes.put((byte) octet);
      }
      return this;
    }

    Content numbers(int... numbers) {
      for (int number : numbers) {
        bytes.putInt(number);
      }
      return this;
    }

    Content shape(int... shape) {
      return octets(shape.length).numbers(shape);
    }

    /** A dense layer's name and that its weights are not K-hot. */
    Content dense() {
      return octets(1).text("d").octets(0);
    }

    byte[] content() {
      return Arrays.copyOf(bytes.array(), bytes.position());
    }

    void assertRefused(String message) {
      byte[] file = seal(content());
      assertThatExceptionOfType(NetworkFileException.class)
          .isThrownBy(() -> Network.fromBytes(file))
          .withMessageStartingWith("the bytes: holds no network: ")
          .withMessageContaining(message);
    }
  }

  private static byte[] seal(byte[] content) {
    ByteBuffer file = ByteBuffer.allocate(content.length + 24).order(ByteOrder.LITTLE_ENDIAN)
        .put(SmallNetwork.network().toBytes(), 0, 12).putLong(content.length + 24).put(content);
    CRC32C checksum = new CRC32C();
    checksum.update(file.array(), 0, content.length + 20);
    return file.putInt((int) checksum.getValue()).array();
  }

  /** One feature, and so many layers. */
  private static Content layers(int count) {
    return new Content().text(X).shape(1).numbers(count);
  }

  @Test
  void whatIsSealedIsRead() throws NetworkFileException {
    byte[] file = SmallNetwork.network().toBytes();
    assertThat(seal(Arrays.copyOfRange(file, 20, file.length - 4))).isEqualTo(file);
    assertThat(Network.fromBytes(file).resultShape()).containsExactly(3);
  }

  @Test
  void sizesAreHeldAgainstWhatIsLeft() {
    layers(1).dense().text(X).shape(1, Integer.MAX_VALUE).assertRefused(
        "begins what has 2147483647 bytes, and 0 are left");
    layers(1).dense().text(X).shape(Integer.MAX_VALUE, Integer.MAX_VALUE).assertRefused(
        "has more words than an array holds");
    layers(1).dense().text(X).shape(1, -1).assertRefused("a dimension is 4294967295");
    layers(Integer.MAX_VALUE).assertRefused("and 0 are left");
    layers(-1).assertRefused("layers is 4294967295");
    new Content().text(X).shape(1 << 30, 1 << 30, 1 << 30).assertRefused(
        "a sample must take at most");
    new Content().octets(255).assertRefused("begins what has 255 bytes, and 0 are left");
    new Content().assertRefused("begins what has 1 bytes, and 0 are left");
  }

  /** Words of a bit take a byte each in memory: from here on, more than there is. */
  @Test
  void wordsThatAreLargerInMemoryThanThereAreRefusedBeforeTheyAreRead() {
    long words = Runtime.getRuntime().maxMemory() / 2 + 8;
    if (words > Integer.MAX_VALUE) {
      return;
    }
    String bit = "ap_ufixed<1,1>";
    byte[] start = layers(1).dense().text(bit).shape(1, (int) words).content();
    byte[] file = seal(Arrays.copyOf(start, start.length + (int) (words / 8) + 1));
    assertThatExceptionOfType(NetworkFileException.class)
        .isThrownBy(() -> Network.fromBytes(file))
        .withMessageStartingWith("the bytes: " + words + " words of " + bit + " would need ");
  }

  @Test
  void emptyTensorsAreRefused() {
    layers(1).dense().text(X).shape(1, 0).text(X).octets(0, 0, 0).numbers(0)
        .assertRefused("weights have the shape [1, 0]");
    layers(1).dense().text(X).shape(0, Integer.MAX_VALUE).text(X).octets(0, 0, 0).numbers(0)
        .assertRefused("weights have the shape [0, 2147483647]");
  }

  @Test
  void thereIsOneTextForANetwork() {
    new Content().text("ap_fixed<8, 8>").shape(1).assertRefused(
        "a format is written as ap_fixed<8, 8>: it must be ap_fixed<8,8>");
    layers(1).dense().text("ap_fixed<3,3>").shape(1, 1).octets(0b1001).assertRefused(
        "the bits after the last of 1 words of ap_fixed<3,3> must be 0");
    layers(1).octets(1).text("d").octets(2).assertRefused("a flag is 2: it must be 0 or 1");
    layers(1).octets(7).text("f").octets(0).assertRefused("1 bytes are left");
  }

  @Test
  void weightsAreKHotIfTheySayThatTheyAre() {
    layers(1).octets(1).text("d").octets(1).numbers(1).text("NEAREST").text(X).shape(1, 1)
        .octets(3).assertRefused("weights are not 1-hot NEAREST, as they say");
    layers(1).octets(1).text("d").octets(1).numbers(0).text("NEAREST").text(X).shape(1, 1)
        .octets(3).assertRefused("k is 0");
    layers(1).octets(1).text("d").octets(1).numbers(1).text("nearest").assertRefused(
        "the rule of K-hot weights is nearest: it must be one of [TRUNCATE, ");
  }

  @Test
  void binaryLayersAreWhole() {
    layers(1).octets(13).text("b").shape(1, 9).octets(0xff, 3).assertRefused(
        "the bits after the last of 9 words of ap_fixed<1,1> must be 0");
    layers(1).octets(13).text("b").shape(1, 8).octets(0xff, 1).text("ap_fixed<4,3>").shape(8)
        .octets(0, 0, 0, 0)
        .assertRefused("thresholds are ap_fixed<4,3> [8]: they must be integers");
    layers(1).octets(13).text("b").shape(1, 8).octets(0xff, 1).text("ap_fixed<4,4>").shape(1)
        .octets(0).assertRefused("thresholds has 1 numbers: it must have 8");
    layers(1).octets(13).text("b").shape(0, 8).octets(0).text(X)
        .assertRefused("weights have the shape [0, 8]");
    layers(1).octets(14).text("b").shape(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, 1)
        .assertRefused("has more words than an array holds");
  }

  @Test
  void staircasesAreWhole() {
    layers(1).octets(16).text("s").text(X).shape(1, 2).octets(1, 2).text(X).shape().octets(0)
        .numbers(1, 0)
        .assertRefused("thresholds has the shape [1, 2]: one list must have one dimension");
    layers(1).octets(16).text("s").text(X).shape(2).octets(2, 1).text(X).shape().octets(0)
        .numbers(1, 0).assertRefused("it must not be below the one before it, 2");
    layers(1).octets(16).text("s").text(X).shape(2).octets(1, 2).text(X).shape(1).octets(0)
        .assertRefused("the start of a staircase has the shape [1]: it must be one word");
    layers(1).octets(16).text("s").text(X).shape(2).octets(1, 2).text(X).shape().octets(0)
        .numbers(0, 1).assertRefused("the last of 2 steps of 4294967296 from 0 is 8589934592");
    layers(1).octets(16).text("s").text(X).shape(2).octets(1, 2).text(X).shape().octets(0)
        .numbers(1).assertRefused("begins what has 8 bytes, and ");
  }

  /** Kernels far over an image of a pixel: places that see none of it are counted, not listed. */
  @Test
  void widePaddingTakesNoMemory() throws NetworkFileException {
    byte[] file = seal(new Content().text(X).shape(1, 1, 1).numbers(1)
        .octets(14).text("b").shape(1, 1, 1, 2).octets(2)
        .numbers(1, 2, 1, 1, 0, 0, 1 << 29, 1 << 29, 1, 1).octets(0, 0).text(X).content());
    assertThat(Network.fromBytes(file).resultShape()).containsExactly(1, 1 << 30, 1);
  }

  @Test
  void whatTheBuilderRefusesIsRefused() {
    layers(0).assertRefused("the network has no layers");
    layers(1).octets(99).assertRefused("a layer is of kind 99: there are the kinds 1 to ");
    layers(1).octets(6).text("").text(X).assertRefused("the layer's name is \"\"");
    layers(1).octets(6).text("c").text("ap_fixed<65,1>").assertRefused("layer \"c\": ");
    layers(1).octets(6).text("c").text("int").assertRefused("int");
    new Content().text("ap_fixed<65,1>").shape(1).numbers(1).assertRefused("at most 64 bits");
    new Content().text(X).shape().numbers(1).assertRefused("1 to 8 dimensions");
  }

  @Test
  void blocksInBlocksEnd() {
    Content content = layers(1);
    for (int i = 0; i < 1000; i++) {
      content.octets(8).text("b" + i).text(X).numbers(1);
    }
    content.assertRefused("blocks lie in blocks 33 deep: at most 32 can");
  }

  /** Each of 40 layers is a few bytes, and takes twice as much memory as the one before. */
  @Test
  void whatGrowsBeyondMemoryIsRefused() {
    Content wide = new Content().text(X).shape(1, 1, 1).numbers(40);
    Content large = new Content().text(X).shape(1, 1, 1).numbers(40);
    for (int i = 0; i < 40; i++) {
      wide.octets(17).text("c" + i).text(X).numbers(0, 1).octets(6).text("x" + i).text(X);
      large.octets(18).text("u" + i).numbers(2, 2);
    }
    wide.assertRefused("a sample must take at most");
    large.assertRefused("a sample must take at most");
    new Content().text(X).shape(1, 1, 1).numbers(1).octets(18).text("u").numbers(1, 0)
        .assertRefused("factorY is 1 and factorX 0: both must be positive");
    layers(1).octets(17).text("c").text(X).numbers(0, 0)
        .assertRefused("its branches have no layers");
    Content deep = layers(1);
    for (int i = 0; i < 1000; i++) {
      deep.octets(17).text("b" + i).text(X).numbers(1);
    }
    deep.assertRefused("blocks lie in blocks 33 deep: at most 32 can");
  }

  @Test
  void farBinaryPointsAreRefused() {
    for (String far : new String[] {"ap_fixed<8,2000000000>", "ap_fixed<8,-2000000000>"}) {
      layers(1).dense().text(X).shape(1, 1).octets(1).text(X).octets(1).text(far).shape(1)
          .octets(1, 0, 0).numbers(0).assertRefused("in a network they lie in -1024..1024");
      layers(1).dense().text(X).shape(1, 1).octets(1).text(X).octets(0, 1).text(far)
          .octets(0).numbers(0).assertRefused("in a network they lie in -1024..1024");
    }
  }

  /** Whatever the bytes are, a network is read or the file refused, soon and in little memory. */
  @Test
  void randomChangesAreReadOrRefused() throws NetworkFileException {
    byte[] file = SmallNetwork.network().toBytes();
    byte[] content = Arrays.copyOfRange(file, 20, file.length - 4);
    Random random = new Random(1);
    int refused = 0;
    int tries = 400;
    for (int i = 0; i < tries; i++) {
      byte[] changed = content.clone();
      for (int j = random.nextInt(1, 4); j > 0; j--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      byte[] sealed = seal(changed);
      try {
        assertThat(Network.fromBytes(sealed).toBytes()).isEqualTo(sealed);
      } catch (NetworkFileException e) {
        assertThat(e).hasMessageStartingWith("the bytes: holds no network: ");
        refused++;
      }
    }
    assertThat(refused).isBetween(tries / 4, tries - 1);
  }
}
