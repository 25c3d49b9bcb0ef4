package io.fixlane.cli.export;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsInterface;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.hardware.HlsProject;
import io.fixlane.network.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an HLS project. */
final class HlsTarget {
  @Option(
      names = "--hls",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the HLS project, which must not be there yet, or be empty.")
  private Path folder;

  @Option(
      names = "--interface",
      paramLabel = "array|stream",
      defaultValue = "array",
      description = "A port for each word, or AXI-Streams with a beat for each pixel (default: "
          + "${DEFAULT-VALUE}).")
  private HlsInterface ports;

  @Option(
      names = "--reuse",
      paramLabel = "N",
      description = "How often each multiplier is used for a result of its layer (default: a "
          + "layer has one multiplier).")
  private @Nullable Integer reuse;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "The FPGA (default: xcvu13p-flga2577-2-e).")
  private @Nullable String part;

  @Option(
      names = "--clock",
      paramLabel = "NS",
      description = "The period of the clock in ns (default: 5).")
  private @Nullable BigDecimal clock;

  @Option(
      names = "--flow",
      paramLabel = "vivado|vitis",
      description = "Whether the tools make an IP or a kernel (default: vivado).")
  private @Nullable String flow;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the top function (default: that of the file).")
  private @Nullable String name;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many samples the test bench runs (default: 16).")
  private @Nullable Integer samples;

  @Option(
      names = "--check",
      description = "Compiles the project with make and a C++ compiler, and runs its test bench, "
          + "with SystemC's types or those of --ap-types.")
  private boolean check;

  @Option(
      names = "--ap-types",
      paramLabel = "DIR",
      description = "The folder of AMD's ap_fixed.h, for --check.")
  private @Nullable Path apTypes;

  /** Writes the project of a network; returns the exit code. */
  int write(Network network, Path file, boolean force, PrintWriter out) {
    if (apTypes != null && !check) {
      throw new UserError("--ap-types is " + apTypes + ": it is for --check, which is missing");
    }
    HlsProject project = project(network, file);
    ProjectCheck checking = check ? ProjectCheck.of(project, apTypes) : null;
    try {
      project.write(folder, force);
    } catch (FileAlreadyExistsException e) {
      throw new UserError("--hls is " + folder + ": something is there; --force replaces a folder",
          e);
    } catch (IOException e) {
      throw new UserError(
          "--hls is " + folder + ": it cannot be written: " + Failure.reason(e), e);
    }
    out.println("The HLS project " + project.name() + " is in " + folder + ".");
    return checking == null ? 0 : checking.run(folder, out);
  }

  private HlsProject project(Network network, Path file) {
    HlsOptions options = options();
    String top = name == null ? nameOf(file) : name;
    try {
      return HlsProject.of(network, top, options);
    } catch (HardwareException e) {
      throw new UserError("NETWORK is " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(name == null
          ? "NETWORK is " + file + ": its name makes none of a function: --name gives one"
          : "--" + e.getMessage(), e);
    }
  }

  /** Returns the name of a file, without what follows a dot and with only what C++ allows. */
  private static String nameOf(Path file) {
    Path last = file.getFileName();
    String text = last == null ? "" : last.toString();
    int dot = text.lastIndexOf('.');
    return (dot > 0 ? text.substring(0, dot) : text).replaceAll("[^A-Za-z0-9]+", "_");
  }

  private HlsOptions options() {
    HlsOptions options = HlsOptions.DEFAULT.withPorts(ports);
    options = reuse == null ? options : with(options, o -> o.withReuse(reuse));
    options = part == null ? options : with(options, o -> o.withPart(part));
    options = clock == null ? options : with(options, o -> o.withClock(clock));
    options = flow == null ? options : with(options, o -> o.withFlow(flow));
    return samples == null ? options : with(options, o -> o.withSamples(samples));
  }

  private static HlsOptions with(HlsOptions options, UnaryOperator<HlsOptions> change) {
    try {
      return change.apply(options);
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage(), e);
    }
  }
}
