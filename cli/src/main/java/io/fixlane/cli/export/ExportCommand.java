package io.fixlane.cli.export;

import io.fixlane.cli.console.NetworkArgument;
import io.fixlane.network.Network;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane export}: a saved network as a project of another tool. */
@Command(
    name = "export",
    description = "Writes a network that train saved as a project for an FPGA: HLS C++, with a "
        + "test bench that compares every word of every layer.",
    footer = {
      "",
      "Examples:",
      "  fixlane export network.fxn --hls project --check",
      "  fixlane export network.fxn --hls project --interface stream --reuse 16"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written, and checked where that was asked",
      "1:--check found other words",
      "2:a mistake in the command line or in a file, a network that cannot be written as asked, or "
          + "no compiler for --check"})
public final class ExportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NETWORK", description = "The file of the network.")
  private Path file;

  @Mixin
  private HlsTarget hls = new HlsTarget();

  @Option(
      names = "--force",
      description = "Replaces a folder that is there, with all that it holds.")
  private boolean force;

  @Override
  public Integer call() {
    Network network = NetworkArgument.load(file);
    return hls.write(network, file, force, spec.commandLine().getOut());
  }
}
