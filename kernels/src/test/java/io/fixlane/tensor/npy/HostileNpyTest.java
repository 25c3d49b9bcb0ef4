package io.fixlane.tensor.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.kernels.fixture.OneWidth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are none, or lie, are refused with a reason, and before memory is taken for them. */
@OneWidth
class HostileNpyTest {
  @TempDir
  private Path folder;

  /** Returns a file of version 1 with any header. */
  private static byte[] file(String header, int bytes) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN)
        .put(NpyReader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text)
        .array();
  }

  private static void assertRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> NpyArray.fromBytes(file)).isInstanceOf(NpyException.class)
        .hasMessageStartingWith("the bytes: " + reason);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{'descr': '<f4', 'fortran_order': False}|its header has [descr, fortran_order]: descr, ",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3), }|its header has the shape (3): a ",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }|its header has '(-3,), }' where",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (3,), }|its header has '0, 'shape': (3,), }' wh",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'x': 1}|its header has 'x': descr, ",
    "{'descr': '<f4', 'descr': '<f4', 'shape': (3,), }|its header has 'descr' twice",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), } x|its header has 'x' where nothing",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)|its header has ended where '}' is exp",
    "[1, 2]|its header has '[1, 2]' where '{' is expected",
    "{'descr': '<i3', 'fortran_order': False, 'shape': (3,), }|its elements are of the type '<i3'",
    "{'descr': '<f16', 'fortran_order': False, 'shape': (3,), }|its elements are of the type '<f1",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,), }|its header has t",
  })
  void headers(String header, String reason) {
    assertRefused(file(header, 12), reason);
  }

  @Test
  void otherSpellingsOfPythonAreRead() throws IOException {
    NpyArray array = NpyArray.fromBytes(
        file("{\"shape\": ( 3L ,1L), 'fortran_order':True , \"descr\": \"i4\"}\n", 12));
    assertThat(array).hasToString("int32 [3, 1]");
  }

  @ParameterizedTest
  @CsvSource({"11,'has 11 bytes of elements, and says that it has 12: 4 each, shape [3]'",
    "13,'has 13 bytes of elements, and says that it has 12: 4 each, shape [3]'"})
  void lengths(int bytes, String reason) {
    assertRefused(file("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", bytes), reason);
  }

  /** 2^60 bytes are more than any JVM has; 2^64 are no number of bytes. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "(1099511627776, 1048576)|has 12 bytes of elements, and says that it has 1152921504606846976",
    "(4294967296, 4294967296)|shape is [4294967296, 4294967296] of elements of 1 bytes: all must"})
  void sizesThatLie(String shape, String reason) {
    assertRefused(
        file("{'descr': '|u1', 'fortran_order': True, 'shape': " + shape + ", }", 12), reason);
  }

  @Test
  void tooManyDimensions() {
    String shape = "(" + "1, ".repeat(65) + ")";
    assertRefused(file("{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }", 1),
        "shape has 65 dimensions: an array of numpy has at most 64");
  }

  @Test
  void starts() throws IOException {
    byte[] good = Golden.bytes("i4.npy");
    assertRefused(new byte[0], "is no .npy file");
    assertRefused("PK\3\4 and more".getBytes(StandardCharsets.ISO_8859_1), "is no .npy file");
    byte[] version = good.clone();
    version[6] = 4;
    assertRefused(version, "has version 4.0: versions 1.0, 2.0 and 3.0 are read");
    ByteBuffer longHeader = ByteBuffer.wrap(Golden.bytes("version2.npy").clone());
    longHeader.order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
    assertRefused(longHeader.array(),
        "says that its header has 4294967295 bytes: it has at most 16384");
  }

  @Test
  void filesOnTheDiskAreNamed() throws IOException {
    Path file = Files.write(folder.resolve("x.npy"),
        file("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 4));
    assertThatThrownBy(() -> NpyArray.read(file)).hasMessage(file
        + ": has 4 bytes of elements, and says that it has 12: 4 each, shape [3]");
  }

  /** A stream of unknown length ends too early, or goes on. */
  @Test
  void streamsThatLie() throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }";
    try (NpyReader reader = new NpyReader("pipe",
        new ByteArrayInputStream(file(header, 2)), -1)) {
      assertThatThrownBy(reader::nextBits)
          .hasMessage("pipe: ends after 2 bytes of elements, and says that it has 3");
    }
    try (NpyReader reader = new NpyReader("pipe",
        new ByteArrayInputStream(file(header, 4)), -1)) {
      for (int i = 0; i < 3; i++) {
        reader.nextBits();
      }
      assertThatThrownBy(reader::hasNext)
          .hasMessage("pipe: goes on behind the 3 bytes of its elements");
    }
  }

  private Path zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(Golden.bytes("i4.npy"));
      }
    }
    return Files.write(folder.resolve("x.npz"), bytes.toByteArray());
  }

  private static void assertNpzRefused(Path file, String reason) {
    assertThatThrownBy(() -> {
      try (NpzReader reader = NpzReader.open(file)) {
        for (String name : reader.names()) {
          reader.read(name);
        }
      }
    }).isInstanceOf(NpyException.class).hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.npy", "/etc/x.npy", "a/../../x.npy", "C:x.npy", "a\\x.npy",
    "x.txt", "folder/", "line\n.npy"})
  void entriesThatAreNone(String name) throws IOException {
    assertNpzRefused(zip("good.npy", name), ": has the entry '" + name.replace('\n', '?')
        + "': it must be an array, NAME.npy, without '..' or a root in its name");
  }

  /** Replaces a text in a file by one of the same length, wherever it stands. */
  private Path replaced(Path file, String text, String by) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(text);
    return Files.writeString(file, bytes.replace(text, by), StandardCharsets.ISO_8859_1);
  }

  @Test
  void entriesOfOneName() throws IOException {
    Path file = replaced(zip("one.npy", "two.npy"), "two.npy", "one.npy");
    assertNpzRefused(file, ": has the entry 'one.npy': it is there twice");
  }

  @Test
  void aSizeThatNoPackingReaches() throws IOException {
    Path file = zip("x.npy");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.capacity() - 22;
    bytes.putInt(bytes.getInt(end + 16) + 24, 0x7fff_ffff);
    Files.write(file, bytes.array());
    assertNpzRefused(file, "it says that it has 2147483647 bytes, packed into ");
  }

  @Test
  void damage() throws IOException {
    Path file = replaced(Golden.copy("plain.npz", folder), "\200\177\0\1\144\176",
        "\200\177\0\1\144\177");
    assertNpzRefused(file, ", w2.npy: is damaged: its checksum is not that of its bytes");
    Files.write(file, new byte[10]);
    assertNpzRefused(file, ": is no .npz file, or a damaged one: ");
  }

  /** Whatever is changed, an array comes out, or a reason. */
  @Test
  void changes() throws IOException {
    Path file = folder.resolve("changed");
    for (String name : new String[] {"columns-i2.npy", "version2.npy", "plain.npz", "packed.npz"}) {
      byte[] good = Golden.bytes(name);
      for (int seed = 0; seed < 300; seed++) {
        Random random = new Random(seed);
        byte[] bad = good.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        Files.write(file, bad);
        try {
          if (name.endsWith("npy")) {
            assertThat(NpyArray.read(file).size()).isNotNegative();
          } else {
            try (NpzReader reader = NpzReader.open(file)) {
              for (String array : reader.names()) {
                reader.read(array);
              }
            }
          }
        } catch (NpyException e) {
          assertThat(e).as("seed %d", seed).hasMessageStartingWith(file.toString());
        }
      }
    }
  }
}
