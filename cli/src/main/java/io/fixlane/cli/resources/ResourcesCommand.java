package io.fixlane.cli.resources;

import io.fixlane.cli.console.NetworkArgument;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.export.MultipliersOption;
import io.fixlane.cli.page.Drawing;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.VerilogOptions;
import io.fixlane.hardware.VerilogProject;
import io.fixlane.hardware.VerilogProject.LayerEstimate;
import io.fixlane.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane resources}: what a network takes of an FPGA. */
@Command(
    name = "resources",
    description = "Counts what a network that train saved takes of an FPGA when it is laid out in "
        + "full, as export --verilog writes it: by estimate, or by synthesis.",
    footer = {
      "",
      "Examples:",
      "  fixlane resources network.fxn",
      "  fixlane resources network.fxn --synthesize --family xcup,ice40 \\",
      "      --html page.html"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:counted",
      "2:a mistake in the command line or in a file, or no synthesiser for --synthesize"})
public final class ResourcesCommand implements Callable<Integer> {
  private static final String MODULE = "network";

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NETWORK", description = "The file of the network.")
  private Path file;

  @Option(
      names = "--multipliers",
      paramLabel = "shift-add|elements|dsp",
      defaultValue = "shift-add",
      description = "What multiplies by weights, as export --verilog takes it (default: "
          + "${DEFAULT-VALUE}).")
  private String multipliers;

  @Option(
      names = "--synthesize",
      description = "Counts with yosys: Debian's package yosys, or @yowasp/yosys of npm; and where "
          + "nextpnr-ice40 is there, and the network fits an iCE40 HX8K, with its clock.")
  private boolean synthesize;

  @Option(
      names = "--family",
      split = ",",
      paramLabel = "FAMILY",
      description = "With --synthesize: for which families, of xcup, xc7, cyclonev, ecp5, nexus "
          + "and ice40 (default: all).")
  private List<String> families = new ArrayList<>();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all numbers as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page with bars for each layer and family.")
  private @Nullable Path html;

  /**
   * Counts.
   *
   * @return the exit code
   * @throws UserError if a file cannot be read or written, the synthesiser is missing or fails
   */
  @Override
  public Integer call() {
    List<OutputFile> files = new ArrayList<>();
    OutputFile jsonFile = output("--json", json, files);
    OutputFile htmlFile = output("--html", html, files);
    OutputFile.requireDistinct(files);
    List<FpgaFamily> wanted = families.stream().map(FpgaFamily::parse).toList();
    if (!families.isEmpty() && !synthesize) {
      throw new UserError("--family is " + families.getFirst() + ": it is for --synthesize, which "
          + "is missing");
    }
    if (htmlFile != null) {
      Drawing.prepare();
    }
    PrintWriter out = spec.commandLine().getOut();
    VerilogProject project = project(NetworkArgument.load(file));
    List<LayerEstimate> layers = project.estimates();
    out.println("Laid out in full, by estimate; a sample takes "
        + ResourcesTable.number(project.latency()) + " clocks, and one comes out every "
        + ResourcesTable.number(project.interval()) + ":\n");
    ResourcesTable.estimates(layers).forEach(out::println);
    out.flush();
    Synthesizer.Result counted = synthesize
        ? Synthesizer.run(project, wanted, spec.commandLine().getErr())
        : new Synthesizer.Result(List.of(), OptionalDouble.empty());
    print(counted, out);
    String name = String.valueOf(file.getFileName());
    if (jsonFile != null) {
      jsonFile.write(ResourcesJson.of(name, layers, counted.families(), counted.megahertz()));
    }
    if (htmlFile != null) {
      htmlFile.write(ResourcesPage.of(name, layers, counted.families(), again(name)));
    }
    return 0;
  }

  private static @Nullable OutputFile output(
      String option, @Nullable Path path, List<OutputFile> files) {
    if (path == null) {
      return null;
    }
    OutputFile output = new OutputFile(option, path);
    files.add(output);
    return output;
  }

  private VerilogProject project(Network network) {
    VerilogOptions options = VerilogOptions.DEFAULT.withLimit(Integer.MAX_VALUE).withSamples(1)
        .withMultipliers(MultipliersOption.parse(multipliers));
    try {
      return VerilogProject.of(network, MODULE, options);
    } catch (HardwareException e) {
      throw new UserError("NETWORK is " + file + ": " + e.getMessage(), e);
    }
  }

  private static void print(Synthesizer.Result counted, PrintWriter out) {
    if (!counted.families().isEmpty()) {
      out.println("\nAs yosys counts:\n");
      ResourcesTable.families(counted.families()).forEach(out::println);
      out.println();
      ResourcesTable.layers(counted.families()).forEach(out::println);
    }
    counted.megahertz().ifPresent(megahertz -> out.println(String.format(Locale.ROOT,
        "%nPlaced and routed on an iCE40 HX8K: %.1f MHz.", megahertz)));
  }

  private String again(String name) {
    return "fixlane resources " + name
        + (multipliers.equals("shift-add") ? "" : " --multipliers " + multipliers)
        + (synthesize ? " --synthesize" : "");
  }
}
