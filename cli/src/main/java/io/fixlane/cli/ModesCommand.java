package io.fixlane.cli;

import io.fixlane.cli.console.UserError;
import java.awt.Font;
import java.awt.font.FontRenderContext;
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
final class ModesCommand implements Callable<Integer> {
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
    // There may be no display, and none is needed. AWT reads this when it is first used, which is
    // below.
    System.setProperty("java.awt.headless", "true");
    requireFonts();
    OutputDirectory output = OutputDirectory.create(directory);
    Map<String, byte[]> files = TransferCharts.files();
    output.write(files);
    out.println("wrote " + (files.size() - 1) + " transfer curves and " + TransferCharts.INDEX
        + " to " + directory);
    return 0;
  }

  /**
   * Text is drawn as outlines, so that the files need no font where they are shown; but one is
   * needed here.
   */
  private static void requireFonts() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12).getLineMetrics("x",
          new FontRenderContext(null, true, true));
    } catch (RuntimeException | InternalError | LinkageError e) {
      // The JDK has no one exception for a machine without fonts, or without the library that finds
      // them.
      throw new UserError(
          "the curves cannot be drawn, for Java finds no font on this machine (" + e.getMessage()
              + "): install fontconfig and a font, such as DejaVu",
          e);
    }
  }
}
