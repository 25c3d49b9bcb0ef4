package io.fixlane.cli.export;

import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.network.Network;
import io.fixlane.onnx.Onnx;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.QuantModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of a model of QONNX. */
final class QonnxTarget {
  @Option(
      names = "--qonnx",
      required = true,
      paramLabel = "FILE",
      description = "The file of a model of QONNX, as FINN and hls4ml read it: floats, which Quant "
          + "nodes cast into the words of the network.")
  private Path model;

  /** Writes the model of a network; returns the exit code. */
  int write(Network network, Path file, ExportOptions common, PrintWriter out) {
    common.requireNone("--qonnx");
    OutputFile output = new OutputFile("--qonnx", model);
    output.requireOther("NETWORK", file);
    QuantModel quantized;
    try {
      quantized = Onnx.toQuantModel(network);
    } catch (OnnxException e) {
      throw new UserError("NETWORK is " + file + ": " + e.getMessage(), e);
    }
    output.write(quantized.bytes());
    out.println("The QONNX model is in " + model + ": it takes numbers of " + network.inputFormat()
        + ", and gives numbers of " + network.resultFormat() + ".");
    quantized.notes().forEach(out::println);
    return 0;
  }
}
