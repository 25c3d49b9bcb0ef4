package io.fixlane.tensor.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that numpy wrote are read to their numbers, and written again to their bytes. */
@OneWidth
class NpyGoldenTest {
  @TempDir
  private Path folder;

  private static List<Long> words(FixedTensor tensor) {
    List<Long> words = new ArrayList<>();
    for (long i = 0; i < tensor.size(); i++) {
      words.add(tensor.raw(i));
    }
    return words;
  }

  @ParameterizedTest
  @ValueSource(strings = {"i1", "i2", "i4", "i8", "big-i2", "big-i8", "columns-i2", "version2"})
  void signedIntegers(String name) throws IOException {
    NpyArray array = Golden.array(name);
    int bits = 8 * array.type().bytes();
    long max = Long.MAX_VALUE >> 64 - bits;
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(words(array.words(FixedFormat.integers(bits))))
        .containsExactly(-max - 1, max, 0L, 1L, 100L, max - 1);
    // Formats that lack a bit, or a sign.
    assertThatThrownBy(() -> array.words(FixedFormat.integers(bits - 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("element 0 is " + (-max - 1) + ": raw words of ap_fixed<");
    assertThatThrownBy(() -> array.words(FixedFormat.unsigned(bits, 0)))
        .hasMessageStartingWith("element 0 is " + (-max - 1) + ": raw words of ap_ufixed<");
  }

  @ParameterizedTest
  @ValueSource(strings = {"u1", "u2", "u4", "u8", "big-u4"})
  void unsignedIntegers(String name) throws IOException {
    NpyArray array = Golden.array(name);
    int bits = 8 * array.type().bytes();
    long max = -1L >>> 64 - bits;
    assertThat(words(array.words(FixedFormat.unsigned(bits, bits))))
        .containsExactly(0L, max, 0L, 1L, 100L, max - 1);
    assertThatThrownBy(() -> array.words(FixedFormat.integers(bits)))
        .hasMessageStartingWith("element 1 is " + Long.toUnsignedString(max) + ": raw words of");
    assertThat(array.doubles()[1]).isEqualTo(bits == 64 ? 0x1p64 : (double) max);
    assertThat(array.floats()[1]).isEqualTo(bits < 32 ? (float) max : Math.scalb(1f, bits));
  }

  @Test
  void truthValues() throws IOException {
    NpyArray array = Golden.array("b1");
    assertThat(array.type()).isEqualTo(NpyType.BOOL);
    assertThat(words(array.words(FixedFormat.unsigned(1, 1))))
        .containsExactly(1L, 0L, 1L, 0L, 0L, 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f2", "f4", "f8", "big-f2", "big-f4", "big-f8", "version3"})
  void floats(String name) throws IOException {
    NpyArray array = Golden.array(name);
    assertThat(array.floats()).containsExactly(0.5f, -1.25f, 3, -0f, 65504, 0x1p-14f);
    assertThat(array.doubles()).containsExactly(0.5, -1.25, 3, -0.0, 65504, 0x1p-14);
    assertThat(words(array.quantize(FixedFormat.parse("ap_fixed<8,3,AP_TRN,AP_SAT>"))))
        .containsExactly(16L, -40L, 96L, 0L, 127L, 0L);
    assertThatThrownBy(() -> array.words(FixedFormat.integers(8)))
        .hasMessage("the elements are " + array.toString().split(" ")[0]
            + ": raw words are integers, and quantize casts floats");
  }

  @Test
  void columnsBecomeRows() throws IOException {
    NpyArray array = Golden.array("columns-f8");
    assertThat(array.shape()).containsExactly(2, 3, 4);
    double[] numbers = array.doubles();
    for (int i = 0; i < 24; i++) {
      assertThat(numbers[i]).isEqualTo(i);
    }
  }

  @Test
  void integersAreCastExactly() throws IOException {
    // Values, of which the largest is no double.
    assertThat(words(Golden.array("i8").quantize(FixedFormat.parse("ap_fixed<64,64>"))))
        .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE, 0L, 1L, 100L, Long.MAX_VALUE - 1);
    assertThat(words(Golden.array("u1").quantize(FixedFormat.parse("ap_fixed<8,5,AP_TRN,AP_SAT>"))))
        .containsExactly(0L, 127L, 0L, 8L, 127L, 127L);
  }

  @ParameterizedTest
  @CsvSource({"scalar,int32 []", "vector,int16 [5]", "empty,'float32 [0, 3]'"})
  void otherShapes(String name, String text) throws IOException {
    NpyArray array = Golden.array(name);
    assertThat(array).hasToString(text);
    if (name.equals("scalar")) {
      assertThat(array.words(FixedFormat.integers(4)).raw(0)).isEqualTo(-7);
    }
  }

  /** Little-endian, in row-major order and of version 1: what is written always. */
  @ParameterizedTest
  @ValueSource(strings = {"i1", "u1", "b1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8",
    "scalar", "vector", "empty"})
  void writtenFilesAreThoseOfNumpy(String name) throws IOException {
    Path file = folder.resolve(name + ".npy");
    Golden.array(name).write(file);
    assertThat(file).hasBinaryContent(Golden.bytes(name + ".npy"));
  }

  @ParameterizedTest
  @CsvSource({"text,'<U6'", "objects,'|O'", "complex,'<c8'"})
  void otherTypesAreRefused(String name, String type) {
    assertThatThrownBy(() -> Golden.array(name)).isInstanceOf(NpyException.class)
        .hasMessage("the bytes: its elements are of the type '" + type
            + "': integers of 8 to 64 bits, floats of 16 to 64 bits and bool are read");
  }

  @Test
  void recordsAreRefused() {
    assertThatThrownBy(() -> Golden.array("records"))
        .hasMessage("the bytes: its header has '[('x', '<f4'), ('y', '<i2')], 'fortran_order': "
            + "False, 'shape' where the type of its elements, such as '<f4', not several or none "
            + "is expected");
  }

  @Test
  void streamsGiveTheSame() throws IOException {
    for (String name : List.of("i2", "big-i2", "big-u4", "u8", "f2", "big-f8", "b1", "vector")) {
      try (NpyReader reader = NpyReader.open(Golden.copy(name + ".npy", folder))) {
        double[] numbers = Golden.array(name).doubles();
        assertThat(reader.header().size()).isEqualTo(numbers.length);
        for (double number : numbers) {
          assertThat(reader.hasNext()).isTrue();
          assertThat(reader.nextNumber()).isEqualTo(number);
        }
        assertThat(reader.hasNext()).isFalse();
      }
    }
  }

  @Test
  void archives() throws IOException {
    try (NpzReader plain = NpzReader.open(Golden.copy("plain.npz", folder));
        NpzReader packed = NpzReader.open(Golden.copy("packed.npz", folder))) {
      assertThat(plain.names()).containsExactly("w2", "b2");
      assertThat(words(plain.read("w2").words(FixedFormat.integers(8))))
          .containsExactly(-128L, 127L, 0L, 1L, 100L, 126L);
      assertThat(plain.read("b2").floats()).containsExactly(0, 1, 2);
      assertThat(packed.names()).containsExactly("layer/kernel", "bias");
      assertThat(packed.read("layer/kernel")).hasToString("int16 [16, 16]");
      assertThat(packed.read("bias").doubles()).containsExactly(Golden.array("f8").doubles());
      assertThatThrownBy(() -> packed.read("b2")).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("name is b2: the file has [layer/kernel, bias]");
    }
    assertThat(Files.exists(folder.resolve("layer"))).isFalse();
  }
}
