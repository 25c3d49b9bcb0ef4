package io.fixlane.cli;

import io.fixlane.cli.bench.BenchCommand;
import io.fixlane.cli.cast.CastCommand;
import io.fixlane.cli.conform.CompareCommand;
import io.fixlane.cli.conform.ConformCommand;
import io.fixlane.cli.console.Log;
import io.fixlane.cli.experiments.ExperimentsCommand;
import io.fixlane.cli.explain.ExplainCommand;
import io.fixlane.cli.export.ExportCommand;
import io.fixlane.cli.imports.ImportCommand;
import io.fixlane.cli.modes.ModesCommand;
import io.fixlane.cli.report.ReportCommand;
import io.fixlane.cli.resources.ResourcesCommand;
import io.fixlane.cli.search.SearchCommand;
import io.fixlane.cli.show.ShowCommand;
import io.fixlane.cli.train.EvaluateCommand;
import io.fixlane.cli.train.TrainCommand;
import io.fixlane.cli.words.WordsCommand;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The top command: {@code fixlane}, which does nothing but lead to its subcommands. */
@Command(
    name = "fixlane",
    mixinStandardHelpOptions = true,
    versionProvider = FixlaneVersion.class,
    scope = CommandLine.ScopeType.INHERIT,
    description = "Bit-exact HLS fixed-point arithmetic (ap_fixed).",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:conform or compare found a mismatch, bench a slower benchmark, train, experiments or "
          + "search other words, export --check other ones",
      "2:a mistake in the command line or in a file, too little memory, or an output that cannot be"
          + " written",
      "70:a bug in fixlane"
    },
    subcommands = {
      BenchCommand.class,
      CastCommand.class,
      CompareCommand.class,
      ConformCommand.class,
      EvaluateCommand.class,
      ExperimentsCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ModesCommand.class,
      ReportCommand.class,
      ResourcesCommand.class,
      SearchCommand.class,
      ShowCommand.class,
      TrainCommand.class,
      WordsCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
final class FixlaneCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Says how wide the vectors are that compute.")
  private boolean verbose;

  /** Returns the whole command line, ready to {@code execute}. */
  static CommandLine commandLine() {
    FixlaneCommand command = new FixlaneCommand();
    CommandLine commandLine = new CommandLine(command)
        .registerConverter(Path.class, FixlaneCommand::path)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(command::execute)
        .setParameterExceptionHandler(Failures::usageError)
        .setExecutionExceptionHandler(Failures::executionError);
    // A negative value is no option.
    commandLine.getSubcommands().get("cast").setUnmatchedOptionsArePositionalParams(true);
    return commandLine;
  }

  private int execute(ParseResult parsed) {
    Log.show(spec.commandLine().getErr(), verbose);
    return Failures.execute(parsed);
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("it is empty, and names no file or folder");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is no path: " + e.getReason());
    }
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().usage(err, spec.commandLine().getColorScheme());
    return CommandLine.ExitCode.USAGE;
  }
}
