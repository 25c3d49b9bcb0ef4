package io.fixlane.tensor.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.OneWidth;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Python is there with numpy, it reads what is written. */
@OneWidth
class NumpyReadsTest {
  private static final String PRINT = """
      import sys, numpy
      for name, array in numpy.load(sys.argv[1], allow_pickle=False).items():
          print(name, array.dtype, array.shape, array.ravel().tolist())
      """;

  @TempDir
  private Path folder;

  private static String python(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("python3", "-c"));
    line.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(line).redirectErrorStream(true).start();
    } catch (IOException e) {
      return "";
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said.replace("\r\n", "\n") : "";
  }

  @Test
  void numpyReadsWhatIsWritten() throws IOException, InterruptedException {
    assumeTrue(python("import numpy; print(numpy.__version__)").matches("[0-9.]+\\s*"),
        "python3 with numpy is not there");
    FixedTensor narrow = FixedTensor.quantize(
        FixedFormat.signed(6, 3), new float[] {-4, 0.125f, 3.875f, -0.5f, 1, 0}, 2, 3);
    FixedTensor wide = FixedTensor.allocate(FixedFormat.unsigned(64, 32), 2);
    wide.setRaw(0, -1);
    wide.setRaw(1, 5);
    FixedTensor middle = FixedTensor.allocate(FixedFormat.signed(40, 20), 1);
    middle.setRaw(0, -(1L << 39));
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("words", NpyArray.of(narrow));
    arrays.put("values", NpyArray.ofValues(narrow));
    arrays.put("wide", NpyArray.of(wide));
    arrays.put("middle", NpyArray.ofValues(middle));
    arrays.put("a/b", NpyArray.of(new double[] {0.1}));
    Path file = folder.resolve("x.npz");
    NpzWriter.write(file, arrays);
    assertThat(python(PRINT, file.toString())).isEqualTo("""
        words int8 (2, 3) [-32, 1, 31, -4, 8, 0]
        values float32 (2, 3) [-4.0, 0.125, 3.875, -0.5, 1.0, 0.0]
        wide uint64 (2,) [18446744073709551615, 5]
        middle float64 (1,) [-524288.0]
        a/b float64 () [0.1]
        """);
  }

  @Test
  void valuesThatNoDoubleHolds() {
    FixedTensor wide = FixedTensor.allocate(FixedFormat.unsigned(54, 32), 1);
    assertThatThrownBy(() -> NpyArray.ofValues(wide)).hasMessage(
        "the format is ap_ufixed<54,32>: doubles do not hold each of its values");
  }

  @Test
  void namesOfArrays() throws IOException {
    NpyArray array = NpyArray.of(new float[] {1}, 1);
    try (NpzWriter writer = new NpzWriter(OutputStream.nullOutputStream())) {
      for (String name : new String[] {"", "../x", "/x", "a\\b", "a:b", "a\nb"}) {
        assertThatThrownBy(() -> writer.add(name, array))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("name is '" + name + "': it must be a name without");
      }
    }
  }

  @Test
  void asManyElementsAsTheHeaderSays() throws IOException {
    NpyWriter writer = new NpyWriter(
        OutputStream.nullOutputStream(), NpyHeader.of(NpyType.FLOAT32, 2));
    writer.putNumber(0.5);
    assertThatThrownBy(writer::finish).hasMessage("the array lacks 1 of its 2 elements");
    writer.putNumber(1);
    writer.finish();
    assertThatThrownBy(() -> writer.putNumber(2))
        .hasMessage("the array has all its 2 elements already");
  }
}
