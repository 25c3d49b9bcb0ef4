package io.fixlane.cli;

import io.fixlane.cli.console.StandardOutput;
import io.fixlane.cli.console.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Help;

/** The entry of the command {@code fixlane}: runs one command line and ends with its exit code. */
public final class Main {
  private Main() {}

  /**
   * Runs {@code fixlane} and ends the JVM: with 0 for success, 1 for a mismatch found, 2 for a
   * mistake of the user's, for what needs more memory than there is, or for a standard output that
   * cannot be written, and 70 for a bug.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // Whatever the locale of the terminal says, output is UTF-8.
    StandardOutput standardOutput = StandardOutput.ofProcess();
    PrintWriter out = new PrintWriter(standardOutput, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(
        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int exitCode = Failures.guard(err, () -> {
      int code = FixlaneCommand.commandLine().setOut(out).setErr(err)
          .setColorScheme(Help.defaultColorScheme(Terminal.colours(System.getenv())))
          .execute(args);
      out.flush();
      standardOutput.requireWritten();
      return code;
    });
    err.flush();
    System.exit(exitCode);
  }
}
