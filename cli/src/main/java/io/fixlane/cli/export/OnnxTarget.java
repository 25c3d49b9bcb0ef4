package io.fixlane.cli.export;

import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.network.Network;
import io.fixlane.onnx.Onnx;
import io.fixlane.onnx.OnnxException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of an ONNX model. */
final class OnnxTarget {
  @Option(
      names = "--onnx",
      required = true,
      paramLabel = "FILE",
      description = "The file of a model that takes and gives words as 64-bit integers, those of "
          + "the network.")
  private Path model;

  /** Writes the model of a network; returns the exit code. */
  int write(Network network, Path file, ExportOptions common, PrintWriter out) {
    common.requireNone("--onnx");
    OutputFile output = new OutputFile("--onnx", model);
    output.requireOther("NETWORK", file);
    try {
      output.write(Onnx.toBytes(network));
    } catch (OnnxException e) {
      throw new UserError("NETWORK is " + file + ": " + e.getMessage(), e);
    }
    out.println("The ONNX model is in " + model + ": it takes words of " + network.inputFormat()
        + ", and gives words of " + network.resultFormat() + ".");
    return 0;
  }
}
