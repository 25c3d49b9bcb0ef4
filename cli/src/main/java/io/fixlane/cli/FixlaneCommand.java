package io.fixlane.cli;

import io.fixlane.cli.bench.BenchCommand;
import io.fixlane.cli.experiments.ExperimentsCommand;
import io.fixlane.cli.report.ReportCommand;
import io.fixlane.cli.train.EvaluateCommand;
import io.fixlane.cli.train.TrainCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
      "1:conform or compare found a mismatch, bench a slower benchmark, train or experiments other "
          + "words",
      "2:a mistake in the command line or in a file",
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
      ModesCommand.class,
      ReportCommand.class,
      TrainCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
final class FixlaneCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  /** Returns the whole command line, ready to {@code execute}. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new FixlaneCommand())
        .setParameterExceptionHandler(Failures::usageError)
        .setExecutionExceptionHandler(Failures::executionError);
    commandLine.getSubcommands().get("train").setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.getSubcommands().get("compare").setCaseInsensitiveEnumValuesAllowed(true);
    // A negative value is no option.
    commandLine.getSubcommands().get("cast").setUnmatchedOptionsArePositionalParams(true);
    return commandLine;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().usage(err, spec.commandLine().getColorScheme());
    return CommandLine.ExitCode.USAGE;
  }
}
