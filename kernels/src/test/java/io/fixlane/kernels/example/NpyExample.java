package io.fixlane.kernels.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import io.fixlane.tensor.npy.NpyArray;
import io.fixlane.tensor.npy.NpyHeader;
import io.fixlane.tensor.npy.NpyReader;
import io.fixlane.tensor.npy.NpyType;
import io.fixlane.tensor.npy.NpyWriter;
import io.fixlane.tensor.npy.NpzReader;
import io.fixlane.tensor.npy.NpzWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the documentation of the files of numpy. */
class NpyExample {
  @TempDir
  private Path folder;

  @Test
  void arrays() throws IOException {
    Path file = folder.resolve("x.npy");
    // @start region="example"
    FixedFormat format = FixedFormat.parse("ap_fixed<8,3>");
    FixedTensor x = FixedTensor.quantize(format, new float[] {0.5f, -1.25f, 3, -4}, 2, 2);

    // Raw words, and values: numpy.load gives int8 and float32.
    NpyArray.of(x).write(file);
    assertThat(NpyArray.read(file)).hasToString("int8 [2, 2]");
    assertThat(NpyArray.ofValues(x)).hasToString("float32 [2, 2]");

    // Integers are raw words, or else numbers to be cast.
    FixedTensor words = NpyArray.read(file).words(format);
    assertThat(words.contentEquals(x)).isTrue();
    FixedTensor cast = NpyArray.ofValues(x).quantize(FixedFormat.parse("ap_fixed<4,2>"));
    assertThat(cast.raw(1)).isEqualTo(-5);
    // @end
  }

  @Test
  void streams() throws IOException {
    Path file = folder.resolve("squares.npy");
    // @start region="stream"
    try (OutputStream out = Files.newOutputStream(file)) {
      NpyWriter writer = new NpyWriter(out, NpyHeader.of(NpyType.INT32, 1000, 100));
      for (int i = 0; i < 100_000; i++) {
        writer.putBits(i % 300);
      }
      writer.finish();
    }

    long sum = 0;
    try (NpyReader reader = NpyReader.open(file)) {
      while (reader.hasNext()) {
        sum += reader.nextBits();
      }
    }
    assertThat(sum).isEqualTo(14_940_000);
    // @end
  }

  @Test
  void several() throws IOException {
    Path file = folder.resolve("weights.npz");
    FixedFormat format = FixedFormat.signed(6, 1);
    FixedTensor weights = FixedTensor.allocate(format, 16, 64);
    FixedTensor bias = FixedTensor.allocate(format, 64);
    // @start region="npz"
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("w2", NpyArray.of(weights));
    arrays.put("b2", NpyArray.of(bias));
    NpzWriter.write(file, arrays);

    try (NpzReader reader = NpzReader.open(file)) {
      assertThat(reader.names()).containsExactly("w2", "b2");
      FixedTensor again = reader.read("w2").words(format);
      assertThat(again.contentEquals(weights)).isTrue();
    }
    // @end
  }
}
