package io.fixlane.cli.modes;

import io.fixlane.cli.console.OutputDirectory;
import io.fixlane.cli.page.Drawing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code fixlane modes}: the table of the quantization and overflow modes, and their transfer
 * curves.
 */
@Command(
    name = "modes",
    description = "Shows what each quantization and overflow mode does, as a table or as transfer"
        + " curves.")
public final class ModesCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--svg",
      paramLabel = "DIR",
      description = "Draw the transfer curve of each mode, output against input, as an SVG file in"
          + " DIR, with a page index.html that shows them all.")
  private @Nullable Path directory;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (directory == null) {
      ModesTable.lines().forEach(out::println);
      return 0;
    }
    Drawing.prepare();
    OutputDirectory output = OutputDirectory.create(directory);
    Map<String, byte[]> files = TransferCharts.files();
    output.write(files);
    out.println("wrote " + (files.size() - 1) + " transfer curves and " + TransferCharts.INDEX
        + " to " + directory);
    return 0;
  }
}
