package io.fixlane.cli.export;

import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.VerilogOptions.Multipliers;
import io.fixlane.hardware.VerilogProject;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import io.fixlane.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a Verilog project. */
final class VerilogTarget {
  @Option(
      names = "--verilog",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the Verilog project, which must not be there yet, or be empty.")
  private Path folder;

  @Option(
      names = "--multipliers",
      paramLabel = "shift-add|elements|dsp",
      description = "What multiplies by weights: shifts and adders; a multiplier for each scale of "
          + "a channel that is neither 0 nor a power of two, in element-wise layers; or for each "
          + "such weight in all layers (default: shift-add).")
  private @Nullable String multipliers;

  @Option(
      names = "--no-sharing",
      description = "Gives each weight shifts and adders of its own, where else they are shared.")
  private boolean noSharing;

  @Option(
      names = "--latency-cut",
      paramLabel = "N",
      description = "The levels of adders between registers; 0 for registers behind layers alone "
          + "(default: 3).")
  private @Nullable Integer latencyCut;

  @Option(
      names = "--limit",
      paramLabel = "LUTS",
      description = "The most look-up tables that the network may take, by estimate (default: "
          + "100000).")
  private @Nullable Integer limit;

  /** Writes the project of a network; returns the exit code. */
  int write(Network network, Path file, ExportOptions common, PrintWriter out) {
    VerilogOptions options = options(common);
    VerilogProject project = common.make(file, "module", name -> project(network, name, options));
    common.write("--verilog", folder, project::write);
    long luts = project.estimates().stream().mapToLong(LayerEstimate::luts).sum();
    int adders = project.estimates().stream().mapToInt(LayerEstimate::adders).sum();
    out.println("The Verilog project " + project.name() + " is in " + folder + ".");
    out.println(String.format(Locale.ROOT,
        "A sample takes %,d clocks, one comes out every %,d; by estimate %,d LUTs, %,d adders.",
        project.latency(), project.interval(), luts, adders));
    return common.check() ? ProjectCheck.ofVerilog().run(folder, out) : 0;
  }

  private static VerilogProject project(Network network, String name, VerilogOptions options)
      throws HardwareException {
    try {
      return VerilogProject.of(network, name, options);
    } catch (HardwareException e) {
      throw new HardwareException(e.getMessage() + "; --limit changes it");
    }
  }

  private VerilogOptions options(ExportOptions common) {
    VerilogOptions options =
        VerilogOptions.DEFAULT.withMultipliers(kind()).withSharing(!noSharing);
    Integer cut = latencyCut;
    Integer most = limit;
    Integer samples = common.samples();
    options = cut == null ? options : ExportOptions.with(options, o -> o.withLatencyCut(cut));
    options = most == null ? options : ExportOptions.with(options, o -> o.withLimit(most));
    return samples == null
        ? options
        : ExportOptions.with(options, o -> o.withSamples(samples));
  }

  private Multipliers kind() {
    return multipliers == null ? Multipliers.SHIFT_ADD : MultipliersOption.parse(multipliers);
  }
}
