package io.fixlane.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Other programs, asked for what Java does not know. */
public final class Child {
  private Child() {}

  /** Returns the path of the {@code java} that runs. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns the first line that a program writes; nothing where it fails or is not there. */
  public static String firstLine(List<String> command) {
    return firstLine(new ProcessBuilder(command).redirectError(Redirect.DISCARD));
  }

  /**
   * Returns the first line that a program writes, be it as an error; nothing where it fails or is
   * not there.
   */
  public static String firstWords(List<String> command) {
    return firstLine(new ProcessBuilder(command).redirectErrorStream(true));
  }

  private static String firstLine(ProcessBuilder command) {
    try {
      Process child = command.start();
      try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
        String first = lines.readLine();
        lines.transferTo(Writer.nullWriter());
        return child.waitFor() == 0 && first != null ? first.strip() : "";
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
