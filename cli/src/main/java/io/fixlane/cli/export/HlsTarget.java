package io.fixlane.cli.export;

import io.fixlane.cli.console.UserError;
import io.fixlane.hardware.HlsInterface;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.hardware.HlsProject;
import io.fixlane.network.Network;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
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
      names = "--ap-types",
      paramLabel = "DIR",
      description = "The folder of AMD's ap_fixed.h, for --check.")
  private @Nullable Path apTypes;

  /** Writes the project of a network; returns the exit code. */
  int write(Network network, Path file, ExportOptions common, PrintWriter out) {
    if (apTypes != null && !common.check()) {
      throw new UserError("--ap-types is " + apTypes + ": it is for --check, which is missing");
    }
    HlsOptions options = options(common);
    HlsProject project =
        common.make(file, "function", name -> HlsProject.of(network, name, options));
    ProjectCheck checking = common.check() ? ProjectCheck.of(project, apTypes) : null;
    common.write("--hls", folder, project::write);
    out.println("The HLS project " + project.name() + " is in " + folder + ".");
    return checking == null ? 0 : checking.run(folder, out);
  }

  private HlsOptions options(ExportOptions common) {
    HlsOptions options = HlsOptions.DEFAULT.withPorts(ports);
    options = reuse == null ? options : ExportOptions.with(options, o -> o.withReuse(reuse));
    options = part == null ? options : ExportOptions.with(options, o -> o.withPart(part));
    options = clock == null ? options : ExportOptions.with(options, o -> o.withClock(clock));
    options = flow == null ? options : ExportOptions.with(options, o -> o.withFlow(flow));
    Integer samples = common.samples();
    return samples == null
        ? options
        : ExportOptions.with(options, o -> o.withSamples(samples));
  }
}
