package io.fixlane.cli.console;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** What output goes to: a progress bar and colours are for a terminal alone. */
public final class Terminal {
  private Terminal() {}

  /**
   * Returns whether output has colours: not where NO_COLOR (no-color.org) asks for none or TERM
   * says that there are none; else, where it goes to a terminal.
   *
   * @param environment the variables of the environment
   */
  public static Ansi colours(Map<String, String> environment) {
    boolean none = !environment.getOrDefault("NO_COLOR", "").isEmpty()
        || environment.getOrDefault("TERM", "").equals("dumb");
    return none ? Ansi.OFF : Ansi.AUTO;
  }

  /**
   * Asks {@code test -t 2}, for Java knows only of standard input and output; on Windows, these
   * must do.
   */
  public static boolean isStandardError() {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return System.console() != null && System.console().isTerminal();
    }
    try {
      return new ProcessBuilder("test", "-t", "2").inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
