package io.fixlane.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The entry of the command {@code fixlane}: runs one command line and ends with its exit code. */
public final class Main {
  private Main() {}

  /**
   * Runs {@code fixlane} and ends the JVM: with 0 for success, 1 for a mismatch found, 2 for a
   * mistake of the user's, 70 for a bug.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // Whatever the locale of the terminal says, output is UTF-8.
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    CommandLine commandLine = FixlaneCommand.commandLine().setOut(out).setErr(err);
    int exitCode = commandLine.execute(args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  // A PrintWriter remembers a failed write and throws nothing: `fixlane modes | head -1` ends
  // quietly.
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8), true,
        StandardCharsets.UTF_8);
  }
}
