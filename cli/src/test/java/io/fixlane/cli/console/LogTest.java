package io.fixlane.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;

/** What of the library's log is shown. */
class LogTest {
  private static String shown(boolean verbose) {
    StringWriter err = new StringWriter();
    Log.show(new PrintWriter(err), verbose);
    Logger log = System.getLogger("io.fixlane.kernels");
    log.log(Level.INFO, "vectors of 256 bits");
    log.log(Level.WARNING, "scalar loops");
    return err.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void informationIsForWhoAsks() {
    assertThat(shown(false)).isEqualTo("fixlane: scalar loops\n");
    assertThat(shown(true)).isEqualTo("fixlane: vectors of 256 bits\nfixlane: scalar loops\n");
    assertThat(shown(false)).isEqualTo("fixlane: scalar loops\n");
  }
}
