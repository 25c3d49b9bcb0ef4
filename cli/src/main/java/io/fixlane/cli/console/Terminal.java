package io.fixlane.cli.console;

import java.io.IOException;

/** What standard error is: a progress bar is for a terminal alone. */
public final class Terminal {
  private Terminal() {}

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
