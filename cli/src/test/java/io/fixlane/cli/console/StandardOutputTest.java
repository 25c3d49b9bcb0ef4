package io.fixlane.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What standard output remembers of writes that failed. */
class StandardOutputTest {
  private static StandardOutput written(String message, boolean pipe) {
    StandardOutput out = new StandardOutput(new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    }, pipe);
    new PrintWriter(out, true, StandardCharsets.UTF_8).println("a line");
    return out;
  }

  @Test
  void aWriteThatFailsIsAnError() {
    assertThatThrownBy(written("No space left on device", false)::requireWritten)
        .isInstanceOf(UserError.class)
        .hasMessage("standard output cannot be written: No space left on device");
  }

  /** Whatever the language of its message; where it cannot be asked for, the message must do. */
  @Test
  void aPipeWhoseReaderHasEndedIsNone() {
    assertThatCode(written("Daten\u00fcbergabe unterbrochen", true)::requireWritten)
        .doesNotThrowAnyException();
    assertThatCode(written("The pipe is being closed", false)::requireWritten)
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsWrittenArrives() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(target, false);
    new PrintWriter(out, true, StandardCharsets.UTF_8).print("\u00b1 1");
    PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);
    writer.print("\u00b1 1");
    writer.flush();
    out.requireWritten();
    assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("\u00b1 1");
  }
}
