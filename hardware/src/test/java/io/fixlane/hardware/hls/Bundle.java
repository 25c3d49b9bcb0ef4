package io.fixlane.hardware.hls;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.hardware.HlsProject;
import io.fixlane.network.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Many projects in one program, each in a namespace of its own, so that the headers of the types
 * are compiled once.
 */
final class Bundle {
  private final Path folder;
  private final List<String> names = new ArrayList<>();

  Bundle(Path folder) {
    this.folder = folder;
  }

  void add(Network network, HlsOptions options) throws HardwareException, IOException {
    String name = "net" + names.size();
    HlsProject.of(network, name, options).write(folder.resolve(name), false);
    names.add(name);
  }

  /** Writes the program, which returns 0 if every project's bench does. */
  Path program() throws IOException {
    Path first = folder.resolve(names.getFirst());
    StringBuilder text = new StringBuilder("#include <cstdint>\n");
    for (String name : names) {
      for (String header : List.of("bench_streams.h", "bench.h", "firmware/layers.h")) {
        if (Files.exists(folder.resolve(name).resolve(header))) {
          text.append("#include \"").append(name).append('/').append(header).append("\"\n");
        }
      }
    }
    for (String name : names) {
      text.append("""
          namespace space_%1$s {
          #include "%1$s/firmware/%1$s.cpp"
          #include "%1$s/%1$s_test.cpp"
          }
          """.formatted(name));
    }
    text.append("int main() {\n  char name[] = \"\";\n  int wrong = 0;\n");
    for (String name : names) {
      text.append("""
            {
              char folder[] = "%1$s/tb_data";
              char *arguments[] = {name, folder};
              if (space_%1$s::main(2, arguments) != 0) {
                std::printf("%1$s is wrong\\n");
                wrong++;
              }
            }
          """.formatted(name));
    }
    text.append("  return wrong == 0 ? 0 : 1;\n}\n");
    Path program = folder.resolve("all.cpp");
    Files.writeString(program, text);
    assert Files.exists(first);
    return program;
  }

  /** A command's exit code and output. */
  record Run(int code, String output) {
    static Run of(Path folder, List<String> command) throws IOException, InterruptedException {
      Process process = new ProcessBuilder(command).directory(folder.toFile())
          .redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), output);
    }
  }
}
