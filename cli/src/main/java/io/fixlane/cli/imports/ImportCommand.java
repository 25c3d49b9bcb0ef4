package io.fixlane.cli.imports;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.FormatText;
import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.Onnx;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.QuantizedNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane import}: a model of quantized numbers as a network. */
@Command(
    name = "import",
    description = "Reads an ONNX model of quantized numbers, of QONNX or with QuantizeLinear, and "
        + "saves it as a network of the same words.",
    footer = {
      "",
      "Examples:",
      "  fixlane import model.onnx --out network.fxn",
      "  fixlane import model.onnx --out network.fxn --input-format 'ap_fixed<16,6>'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:saved",
      "2:a mistake in the command line or in a file, or a model that is no network"})
public final class ImportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The file of the model.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file of the network.")
  private Path out;

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description = "The format of the words that samples have (default: that of the Quant that "
          + "casts them).")
  private @Nullable String inputFormat;

  @Override
  public Integer call() {
    FixedFormat format =
        inputFormat == null ? null : FormatText.parse(inputFormat);
    OutputFile output = new OutputFile("--out", out);
    output.requireOther("MODEL", model);
    QuantizedNetwork read = read(format);
    output.write(read.network().toBytes());
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(read.network());
    read.notes().forEach(writer::println);
    writer.println("The network is in " + out + ".");
    return 0;
  }

  private QuantizedNetwork read(@Nullable FixedFormat format) {
    try {
      return Onnx.readNetwork(model, format);
    } catch (OnnxException e) {
      throw new UserError("MODEL is " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("MODEL is " + model + ": it cannot be read: " + Failure.reason(e), e);
    }
  }
}
