package io.fixlane.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** Where there are colours. */
class TerminalTest {
  @Test
  void whoAsksForNoneHasNone() {
    assertThat(Terminal.colours(Map.of("TERM", "dumb"))).isEqualTo(Ansi.OFF);
    assertThat(Terminal.colours(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isEqualTo(Ansi.OFF);
    assertThat(Terminal.colours(Map.of("TERM", "xterm", "NO_COLOR", ""))).isEqualTo(Ansi.AUTO);
    assertThat(Terminal.colours(Map.of())).isEqualTo(Ansi.AUTO);
  }
}
