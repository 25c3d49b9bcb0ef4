package io.fixlane.cli;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user sees when a command fails, and its exit code; never a stack trace. */
final class Failures {
  /** The exit code of a bug: EX_SOFTWARE of BSD's sysexits.h. */
  static final int BUG = 70;

  private static final double MEGABYTE = 1e6;

  // How the kernels begin to refuse vectors or instructions that the user has asked the JVM for.
  private static final List<String> ASKED =
      List.of("fixlane.vectorBits is ", "fixlane.machineCode is ");

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

  /** Runs a command; an Error of it goes the way of an exception, which picocli knows alone. */
  static int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
    }
  }

  /** Shows what a running command threw. */
  static int executionError(Exception e, CommandLine command, ParseResult parsed) {
    return show(command.getErr(), e instanceof ExecutionException && e.getCause() != null
        ? e.getCause()
        : e);
  }

  /** Runs what stands around all commands, and shows what it throws. */
  static int guard(PrintWriter err, IntSupplier action) {
    try {
      return action.getAsInt();
    } catch (RuntimeException | Error e) {
      return show(err, e);
    }
  }

  /**
   * Shows a {@link UserError}, numbers that training has made infinite, and refused vectors or
   * instructions as their message, a lack of memory as what there is of it, and all else as a bug;
   * returns the exit code.
   */
  private static int show(PrintWriter err, Throwable e) {
    List<Throwable> causes =
        Stream.iterate(e, cause -> cause != null, Throwable::getCause).toList();
    Optional<Throwable> mistake = causes.stream().filter(cause -> cause instanceof UserError
        || cause instanceof NonFiniteException
        || cause.getMessage() != null && ASKED.stream().anyMatch(cause.getMessage()::startsWith))
        .findFirst();
    if (mistake.isPresent()) {
      err.println("fixlane: " + mistake.get().getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    boolean memory = causes.stream().anyMatch(OutOfMemoryError.class::isInstance);
    String text = memory
        ? String.format(Locale.ROOT, "this needs more memory than there is (%s; the heap has %,.0f "
            + "MB): FIXLANE_JAVA_OPTS=-Xmx... gives it more", e,
            Runtime.getRuntime().maxMemory() / MEGABYTE)
        : "this is a bug in fixlane, please report it: " + e.toString().replaceAll("\\R", " ")
            + " (FIXLANE_JAVA_OPTS=-D"
            + Failure.DEBUG + "=true shows where)";
    err.println("fixlane: " + text);
    if (Failure.showsTraces()) {
      e.printStackTrace(err);
    }
    return memory ? CommandLine.ExitCode.USAGE : BUG;
  }
}
