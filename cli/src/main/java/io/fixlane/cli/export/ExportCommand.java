package io.fixlane.cli.export;

import io.fixlane.cli.console.NetworkArgument;
import io.fixlane.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane export}: a saved network as a project of another tool. */
@Command(
    name = "export",
    description = "Writes a network that train saved as a project for an FPGA, HLS C++ or "
        + "Verilog, with a test bench that compares every word of every layer; or as a model of "
        + "ONNX, of its words or of QONNX.",
    footer = {
      "",
      "Examples:",
      "  fixlane export network.fxn --hls project --check",
      "  fixlane export network.fxn --hls project --interface stream --reuse 16",
      "  fixlane export network.fxn --verilog project --multipliers dsp --check",
      "  fixlane export network.fxn --onnx words.onnx",
      "  fixlane export network.fxn --qonnx quantized.onnx"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written, and checked where that was asked",
      "1:--check found other words",
      "2:a mistake in the command line or in a file, a network that cannot be written as asked, or "
          + "no tools for --check"})
public final class ExportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NETWORK", description = "The file of the network.")
  private Path file;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Mixin
  private ExportOptions common = new ExportOptions();

  /** What is written: one of them. */
  private static final class Target {
    @ArgGroup(exclusive = false, heading = "%nHLS C++:%n")
    private @Nullable HlsTarget hls;

    @ArgGroup(exclusive = false, heading = "%nVerilog:%n")
    private @Nullable VerilogTarget verilog;

    @ArgGroup(exclusive = false, heading = "%nONNX:%n")
    private @Nullable OnnxTarget onnx;

    @ArgGroup(exclusive = false, heading = "%nQONNX:%n")
    private @Nullable QonnxTarget qonnx;
  }

  @Override
  public Integer call() {
    Network network = NetworkArgument.load(file);
    PrintWriter out = spec.commandLine().getOut();
    if (target.onnx != null) {
      return target.onnx.write(network, file, common, out);
    }
    if (target.qonnx != null) {
      return target.qonnx.write(network, file, common, out);
    }
    return target.hls != null
        ? target.hls.write(network, file, common, out)
        : Objects.requireNonNull(target.verilog).write(network, file, common, out);
  }
}
