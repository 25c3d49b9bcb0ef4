package io.fixlane.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** One command line, run in this JVM: its exit code and what it wrote. */
public record Run(int exitCode, String out, String err) {
  /** Runs it, without colours. */
  public static Run of(String... args) {
    return of(FixlaneCommand.commandLine(), Ansi.OFF, args);
  }

  /** Runs it, with colours. */
  public static Run inColour(String... args) {
    return of(FixlaneCommand.commandLine(), Ansi.ON, args);
  }

  static Run of(CommandLine commandLine, Ansi ansi, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = commandLine
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setColorScheme(Help.defaultColorScheme(ansi))
        .execute(args);
    return new Run(exitCode, lines(out), lines(err));
  }

  private static String lines(StringWriter text) {
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
