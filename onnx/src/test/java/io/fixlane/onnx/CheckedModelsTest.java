package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fixlane.random.Draws;
import io.fixlane.random.RandomNetwork;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX's own checker takes what is written: where Python has its package, {@code python3-onnx} in
 * Debian. Without it the test is skipped.
 */
class CheckedModelsTest {
  private static final int NETWORKS = 40;
  private static final String CHECK = """
      import sys, onnx
      for name in sys.argv[1:]:
          onnx.checker.check_model(onnx.load(name), full_check='plain' in name)
      print(len(sys.argv) - 1)
      """;

  @TempDir
  private Path folder;

  @Test
  void theCheckerTakesThem() throws Exception {
    String python = python();
    assumeTrue(python != null, "skipped: no python3 has onnx, which checks what is written");
    List<String> command = new ArrayList<>(List.of(python, "-c", CHECK));
    for (int seed = 0; seed < NETWORKS; seed++) {
      command
          .add(write("plain", seed, Onnx.toBytes(new RandomNetwork(seed, Draws.of(12)).network())));
      command.add(
          write("quant", seed, Onnx.toQuantModel(RandomQuantNetwork.of(seed)).bytes()));
    }
    assertThat(run(command)).isEqualTo(String.valueOf(2 * NETWORKS));
    Path broken = Files.write(folder.resolve("plain.broken.onnx"), new byte[] {8, 8});
    assertThat(run(List.of(python, "-c", CHECK, broken.toString()))).contains("Error");
  }

  private String write(String kind, int seed, byte[] model) throws IOException {
    return Files.write(folder.resolve(kind + seed + ".onnx"), model).toString();
  }

  /** Returns the first Python on the path that has ONNX's package; null where there is none. */
  private static @Nullable String python() throws Exception {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      Path file = Path.of(directory, "python3");
      if (Files.isExecutable(file)
          && run(List.of(file.toString(), "-c", "import onnx.checker; print('there')"))
              .equals("there")) {
        return file.toString();
      }
    }
    return null;
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.strip();
  }
}
