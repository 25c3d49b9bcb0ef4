package io.fixlane.cli.resources;

import io.fixlane.cli.console.Child;
import io.fixlane.cli.console.ShutdownHook;
import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program of others.
 *
 * @param command its name
 * @param version what it says of itself
 */
record Tool(String command, String version) {
  private static final int LAST_LINES = 5;

  /** Returns the first of some programs that is there. */
  static Optional<Tool> find(String versionOption, String... commands) {
    for (String command : commands) {
      String version = Child.firstWords(List.of(command, versionOption));
      if (!version.isEmpty()) {
        return Optional.of(new Tool(command, version));
      }
    }
    return Optional.empty();
  }

  /**
   * Runs it in a folder; what it says goes into a file there.
   *
   * @throws UserError if it fails, with its last words
   */
  void run(Path folder, String log, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(arguments));
    Path said = folder.resolve(log);
    Process process = new ProcessBuilder(line).directory(folder.toFile())
        .redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int code;
    try (ShutdownHook _ = new ShutdownHook(process::destroyForcibly)) {
      process.getOutputStream().close();
      code = process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    if (code != 0) {
      throw new UserError(command + " failed with exit code " + code + ":\n" + lastWords(said));
    }
  }

  private static String lastWords(Path file) throws IOException {
    List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines()
        .filter(line -> !line.isBlank()).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
