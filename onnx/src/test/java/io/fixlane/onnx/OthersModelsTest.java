package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.onnx.model.ModelFile;
import io.fixlane.onnx.read.FloatReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models by others, written by other tools. The property {@value #MODELS} names a folder of more:
 * each of them is refused in words, or gives the numbers of ONNX Runtime.
 */
class OthersModelsTest {
  private static final String MODELS = "fixlane.tests.models";

  @ParameterizedTest
  @ValueSource(strings = {"residual_block_clean.onnx"})
  void kept(String name) throws Exception {
    try (var in = OthersModelsTest.class.getResourceAsStream("models/" + name)) {
      Judge.same(Objects.requireNonNull(in).readAllBytes(), true);
    }
  }

  @Test
  void more() throws Exception {
    String folder = System.getProperty(MODELS, "");
    List<String> all = new ArrayList<>();
    for (Path file : folder.isEmpty() ? List.<Path>of() : files(folder)) {
      byte[] model = Files.readAllBytes(file);
      try {
        FloatReader.read(ModelFile.read(model));
      } catch (OnnxException e) {
        all.add(file.getFileName() + ": " + e.getMessage());
        continue;
      }
      boolean last = file.getFileName().toString().contains("keras");
      all.add(file.getFileName() + ": " + Judge.same(model, !last).layers().keySet());
    }
    all.forEach(System.out::println);
    assertThat(all).isNotNull();
  }

  private static List<Path> files(String folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(folder), "*.onnx")) {
      stream.forEach(files::add);
    }
    files.sort(null);
    return files;
  }
}
