package io.fixlane.hardware.verilog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Icarus Verilog. */
final class Simulator {
  private Simulator() {}

  /** Skips a test where there is no simulator. */
  static void assume() {
    boolean there = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "iverilog")));
    assumeTrue(there, "iverilog is not installed: Verilog is not simulated");
  }

  /** Returns what the bench of a project in a folder prints. */
  static String bench(Path folder, String name) throws IOException, InterruptedException {
    List<String> sources = new ArrayList<>();
    for (String part : List.of("rtl", "sim")) {
      try (Stream<Path> files = Files.list(folder.resolve(part))) {
        files.filter(file -> file.toString().endsWith(".v")).sorted()
            .forEach(file -> sources.add(folder.relativize(file).toString()));
      }
    }
    return run(folder, name + "_bench", sources);
  }

  /** Returns what a module of some sources prints. */
  static String run(Path folder, String top, List<String> sources)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("iverilog", "-g2005", "-Wall", "-s", top, "-o", "sim.vvp"));
    command.addAll(sources);
    return process(folder, command) + process(folder, List.of("vvp", "-n", "sim.vvp"));
  }

  private static String process(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(command.getFirst() + " ended with " + status + ":\n" + printed);
    }
    return printed;
  }
}
