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

  /** Writes a project; returns its folder. */
  Path add(Network network, HlsOptions options) throws HardwareException, IOException {
    String name = "net" + names.size();
    Path project = folder.resolve(name);
    HlsProject.of(network, name, options).write(project, false);
    names.add(name);
    return project;
  }

  int size() {
    return names.size();
  }

  /** What the program says: its exit code is 0 if every bench returns 0. */
  record Result(int exitCode, String output) {}

  Result runWithSystemC() throws IOException, InterruptedException {
    Path cpu = folder.resolve(names.getFirst()).resolve("cpu/systemc");
    return run(List.of("-I" + cpu), List.of(cpu.resolve("sc_main.cpp").toString(), "-lsystemc"));
  }

  /** Runs with AMD's types, as the Makefile compiles them. */
  Result runWithAp(Path types) throws IOException, InterruptedException {
    return run(List.of("-DNDEBUG", "-isystem", types.toString()), List.of());
  }

  Result runWithAc(Path types) throws IOException, InterruptedException {
    Path cpu = folder.resolve(names.getFirst()).resolve("cpu/ac");
    return run(List.of("-I" + cpu, "-isystem", types.toString()), List.of());
  }

  private Result run(List<String> flags, List<String> libraries)
      throws IOException, InterruptedException {
    program();
    List<String> compile = new ArrayList<>(List.of("g++", "-std=c++14", "-O0", "-Wall", "-Werror",
        "-Wno-unknown-pragmas", "-I."));
    for (String name : names) {
      if (Files.exists(folder.resolve(name).resolve("firmware/streams.h"))) {
        compile.addAll(List.of("-I" + name + "/cpu", "-I" + name + "/firmware", "-I" + name));
      }
    }
    compile.addAll(List.of("-I" + names.getFirst() + "/firmware", "-I" + names.getFirst()));
    compile.addAll(flags);
    compile.addAll(List.of("all.cpp", "-o", "all"));
    compile.addAll(libraries);
    Result compiled = execute(compile);
    return compiled.exitCode() == 0
        ? execute(List.of(folder.resolve("all").toString()))
        : new Result(-1, compiled.output());
  }

  private Result execute(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile())
        .redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Headers of the system and of all projects come first, outside of the namespaces. */
  private void program() throws IOException {
    StringBuilder text = new StringBuilder("#include <cstdint>\n");
    StringBuilder calls = new StringBuilder();
    for (String name : names) {
      for (String header : List.of("bench_streams.h", "bench.h", "firmware/layers.h")) {
        if (Files.exists(folder.resolve(name).resolve(header))) {
          text.append("#include \"").append(name).append('/').append(header).append("\"\n");
        }
      }
      calls.append("""
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
    for (String name : names) {
      text.append("""
          namespace space_%1$s {
          #include "%1$s/firmware/%1$s.cpp"
          #include "%1$s/%1$s_test.cpp"
          }
          """.formatted(name));
    }
    Files.writeString(folder.resolve("all.cpp"), text + """
        int main() {
          char name[] = "";
          int wrong = 0;
        %s  return wrong == 0 ? 0 : 1;
        }
        """.formatted(calls));
  }
}
