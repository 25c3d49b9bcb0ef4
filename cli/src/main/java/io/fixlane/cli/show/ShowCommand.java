package io.fixlane.cli.show;

import io.fixlane.cli.console.NetworkArgument;
import io.fixlane.cli.console.UserError;
import io.fixlane.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane show}: what a network or a model is made of. */
@Command(
    name = "show",
    description = "Shows what a network that train saved is made of: layers, formats, shapes, and "
        + "of their words the range, the zeros, the bits that are used and a histogram. With "
        + "--trace, the words that every layer gives for samples, also as files of numpy. Of an "
        + "ONNX model, shows the nodes, the constants, and whether train --onnx reads it.",
    footer = {
      "",
      "A histogram goes from the smallest word of a format to its largest: a blank is",
      "no word, and the later ones of the marks .:-=+*#%%@ are more words.",
      "",
      "Examples:",
      "  fixlane show network.fxn",
      "  fixlane show network.fxn --trace samples.npy --out words",
      "  fixlane show model.onnx"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, and written where that was asked",
      "2:a mistake in the command line or in a file, or an output that cannot be written"})
public final class ShowCommand implements Callable<Integer> {
  private static final String ONNX = ".onnx";

  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "The file of a network, or NAME.onnx of a model.")
  private Path file;

  @Mixin
  private TraceOptions trace = new TraceOptions();

  /**
   * Shows.
   *
   * @return the exit code
   * @throws UserError if a file cannot be read or written, or samples are none of the network
   */
  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(ONNX)) {
      trace.requireNone(file);
      ModelText.print(file, out);
      return 0;
    }
    Network network = NetworkArgument.load(file);
    network.toString().lines().forEach(out::println);
    WordsTable constants = new WordsTable("constants");
    LayerWords.of(network.layers())
        .forEach(words -> constants.add(words.layer() + ", " + words.role(), words.words()));
    if (!constants.isEmpty()) {
      out.println();
      constants.lines().forEach(out::println);
    }
    trace.run(network, out);
    return 0;
  }
}
