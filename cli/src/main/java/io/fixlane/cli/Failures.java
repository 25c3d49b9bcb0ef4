package io.fixlane.cli;

import io.fixlane.cli.console.UserError;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user sees when a command fails, and its exit code; never a stack trace. */
final class Failures {
  /** The exit code of a bug: EX_SOFTWARE of BSD's sysexits.h. */
  static final int BUG = 70;

  /** The system property that shows the stack trace of a bug. */
  static final String DEBUG = "fixlane.debug";

  private Failures() {}

  /** Shows a command line that cannot be read: picocli's message and suggestions. */
  static int usageError(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("fixlane: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  /** Shows what a running command threw: a {@link UserError} as its message, all else as a bug. */
  static int executionError(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof UserError) {
      err.println("fixlane: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    err.println("fixlane: this is a bug in fixlane, please report it: " + e
        + " (FIXLANE_JAVA_OPTS=-D" + DEBUG + "=true shows where)");
    if (Boolean.getBoolean(DEBUG)) {
      e.printStackTrace(err);
    }
    return BUG;
  }
}
