package io.fixlane.cli.export;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import io.fixlane.hardware.HardwareException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a project of any kind. */
final class ExportOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the top function or module (default: that of the file).")
  private @Nullable String name;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many samples the test bench runs (default: 16 of HLS, 10 of Verilog).")
  private @Nullable Integer samples;

  @Option(
      names = "--check",
      description = "Runs the test bench: of HLS with make and a C++ compiler, with SystemC's "
          + "types or those of --ap-types; of Verilog with make and Icarus Verilog.")
  private boolean check;

  @Option(
      names = "--force",
      description = "Replaces a folder that is there, with all that it holds.")
  private boolean force;

  /** Writes a folder. */
  interface Writer {
    void write(Path folder, boolean replace) throws IOException;
  }

  /** Makes a project of a name. */
  interface Maker<P> {
    P make(String name) throws HardwareException;
  }

  /** Returns the samples of the test bench, or null for as many as there are by default. */
  @Nullable
  Integer samples() {
    return samples;
  }

  /** Returns whether the test bench is run. */
  boolean check() {
    return check;
  }

  /**
   * Makes a project of the name that is given, or that the network's file has.
   *
   * @param named what the name is of
   */
  <P> P make(Path file, String named, Maker<P> maker) {
    try {
      return maker.make(name == null ? nameOf(file) : name);
    } catch (HardwareException e) {
      throw new UserError("NETWORK is " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(name == null
          ? "NETWORK is " + file + ": its name makes none of a " + named + ": --name gives one"
          : "--" + e.getMessage(), e);
    }
  }

  /** Returns the name of a file, without what follows a dot and with only what names may have. */
  private static String nameOf(Path file) {
    Path last = file.getFileName();
    String text = last == null ? "" : last.toString();
    int dot = text.lastIndexOf('.');
    return (dot > 0 ? text.substring(0, dot) : text).replaceAll("[^A-Za-z0-9]+", "_");
  }

  /** Writes a project to the folder that an option names. */
  void write(String option, Path folder, Writer writer) {
    try {
      writer.write(folder, force);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(
          option + " is " + folder + ": something is there; --force replaces a folder", e);
    } catch (IOException e) {
      throw new UserError(
          option + " is " + folder + ": it cannot be written: " + Failure.reason(e), e);
    }
  }

  /** Changes an option of a project, whose refusal begins with its name, as Java has it. */
  static <O> O with(O options, UnaryOperator<O> change) {
    try {
      return change.apply(options);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      int end = Math.max(message.indexOf(' '), 0);
      String name = message.substring(0, end).replaceAll("(?=[A-Z])", "-");
      throw new UserError(
          "--" + name.toLowerCase(Locale.ROOT) + message.substring(end), e);
    }
  }
}
