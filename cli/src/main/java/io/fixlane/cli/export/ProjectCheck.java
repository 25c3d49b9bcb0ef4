package io.fixlane.cli.export;

import io.fixlane.cli.console.UserError;
import io.fixlane.hardware.HlsProject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The test bench of a project, run by make.
 *
 * @param arguments what make is given
 * @param tools what it needs besides
 */
record ProjectCheck(List<String> arguments, String tools) {
  private static final String COMPILER = "a C++ compiler";

  /** Returns the check of a Verilog project. */
  static ProjectCheck ofVerilog() {
    return new ProjectCheck(List.of("sim"), "Icarus Verilog (iverilog)");
  }

  /**
   * Returns the check of a project.
   *
   * @param apTypes the folder of AMD's types, or null for those of SystemC
   * @throws UserError if the types are not there, or others than the project's
   */
  static ProjectCheck of(HlsProject project, @Nullable Path apTypes) {
    if (apTypes == null) {
      project.systemCDifference().ifPresent(reason -> {
        throw new UserError("--check cannot be with SystemC's types: " + reason
            + "; --ap-types names AMD's");
      });
      return new ProjectCheck(List.of("check"), COMPILER);
    }
    if (!Files.isRegularFile(apTypes.resolve("ap_fixed.h"))) {
      throw new UserError("--ap-types is " + apTypes + ": there is no ap_fixed.h in it");
    }
    return new ProjectCheck(List.of("check", "AP_TYPES=" + apTypes.toAbsolutePath()), COMPILER);
  }

  /** Runs it, and shows what it says; returns the exit code. */
  int run(Path folder, PrintWriter out) {
    List<String> command = new ArrayList<>(List.of("make"));
    command.addAll(arguments);
    try {
      Process make = new ProcessBuilder(command).directory(folder.toFile())
          .redirectErrorStream(true).start();
      make.getOutputStream().close();
      try (BufferedReader lines = make.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(out::println);
      }
      out.flush();
      return make.waitFor() == 0 ? 0 : failed(folder);
    } catch (IOException e) {
      throw new UserError("--check needs make and " + tools + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("--check was interrupted", e);
    }
  }

  /** A program that was made has told of words; else the compiler has told of something else. */
  private static int failed(Path folder) throws IOException {
    Path build = folder.resolve("build");
    if (Files.isDirectory(build)) {
      try (Stream<Path> programs = Files.list(build)) {
        if (programs.findAny().isPresent()) {
          return 1;
        }
      }
    }
    throw new UserError("--check could not compile the project: what make says is above");
  }
}
