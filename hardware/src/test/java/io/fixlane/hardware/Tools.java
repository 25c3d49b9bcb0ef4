package io.fixlane.hardware;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compilers and headers that a test needs, and that not every machine has. */
public final class Tools {
  private Tools() {}

  /** Skips the test where there is no g++ with SystemC. */
  public static void assumeSystemC() throws InterruptedException {
    assumeTrue(succeeds(List.of("g++", "--version")), "skipped: there is no g++");
    assumeTrue(
        succeeds(List.of("g++", "-E", "-include", "sysc/datatypes/fx/fx.h", "-x", "c++", "-")),
        "skipped: there is no SystemC (Debian: libsystemc-dev)");
  }

  /** Skips the test where a system property names no folder with a header; returns the folder. */
  public static Path assumeHeader(String property, String header) throws InterruptedException {
    String folder = System.getProperty(property);
    assumeTrue(folder != null, "skipped: -D" + property + " does not say where " + header + " is");
    assumeTrue(succeeds(List.of("g++", "--version")), "skipped: there is no g++");
    Path path = Path.of(folder);
    if (!Files.isRegularFile(path.resolve(header))) {
      throw new AssertionError(path + " has no " + header);
    }
    return path.toAbsolutePath();
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
