package io.fixlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The top command, and what a user sees of failures. */
class FixlaneCommandTest {
  @Command(name = "broken")
  static final class Broken implements Runnable {
    private final Throwable thrown;

    Broken(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public void run() {
      switch (thrown) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new AssertionError(thrown);
      }
    }
  }

  @Test
  void noArgumentsShowTheUsageAsAnError() {
    Run run = Run.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Usage: fixlane").contains("conform", "cast", "modes",
        "generate-completion");
  }

  @Test
  void versionNamesTheBuildAndTheJava() {
    Run run = Run.of("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("fixlane \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\nJava 25\\S* \\(.*\\)\n");
  }

  static Set<String> commands() {
    Set<String> names = new TreeSet<>(FixlaneCommand.commandLine().getSubcommands().keySet());
    names.removeAll(Set.of("help", "generate-completion"));
    return names;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    Run run = Run.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: fixlane " + command);
    assertThat(Run.of("help", command).out()).isEqualTo(run.out());
  }

  /** A line that is too long for the help goes on in the next one, under another. */
  @ParameterizedTest
  @MethodSource("commands")
  void theLinesAfterTheOptionsStandAsTheyAreWritten(String command) {
    String[] footer =
        FixlaneCommand.commandLine().getSubcommands().get(command).getCommandSpec()
            .usageMessage().footer();
    assertThat(Run.of(command, "--help").out().lines())
        .containsAll(Stream.of(footer).map(String::format).toList());
  }

  @Test
  void completionIsAScript() {
    Run run = Run.of("generate-completion");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("_complete_fixlane", "--svg");
  }

  @Test
  void aMisspelledCommandGetsASuggestion() {
    Run run = Run.of("mode");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("""
        fixlane: Unmatched argument at index 0: 'mode'
        Did you mean: fixlane modes?
        Try 'fixlane --help'.
        """);
  }

  static Stream<Throwable> bugs() {
    return Stream.of(new IllegalStateException("a thing that\ncannot be"),
        new StackOverflowError("a thing that cannot be"),
        new ExceptionInInitializerError("a thing that cannot be"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void aBugIsOneLineWithAnExitCodeOfItsOwn(Throwable bug) {
    Run run = broken(bug);
    assertThat(run.exitCode()).isEqualTo(70);
    assertThat(run.err()).contains("this is a bug in fixlane", "a thing that cannot be")
        .hasLineCount(1);
  }

  static Stream<Throwable> lacksOfMemory() {
    return Stream.of(new OutOfMemoryError("Java heap space"), new IllegalStateException(
        new ExecutionException(new OutOfMemoryError("Java heap space"))));
  }

  /** A thread of its own may have met it. */
  @ParameterizedTest
  @MethodSource("lacksOfMemory")
  void whatNeedsTooMuchMemoryIsNoBug(Throwable lack) {
    Run run = broken(lack);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).matches("fixlane: this needs more memory than there is "
        + "\\(.*Java heap space; the heap has [0-9,]+ MB\\): FIXLANE_JAVA_OPTS=-Xmx.*\n");
  }

  private static Run broken(Throwable thrown) {
    CommandLine commandLine = FixlaneCommand.commandLine().addSubcommand(new Broken(thrown));
    commandLine.setExecutionExceptionHandler(Failures::executionError);
    return Run.of(commandLine, Ansi.OFF, "broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"modes --svg", "report --out", "conform --json", "evaluate",
    "train --out", "train --checkpoint", "bench --json", "bench --compare", "experiments --out",
    "search --out"})
  void anEmptyPathIsRefused(String option) {
    List<String> line = new ArrayList<>(List.of(option.split(" ")));
    line.add("");
    Run run = Run.of(line.toArray(String[]::new));
    assertThat(run.err()).startsWith("fixlane: Invalid value for ")
        .contains("it is empty, and names no file or folder\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aPathThatIsNoneIsRefused() {
    Run run = Run.of("report", "--out", "a\0b");
    assertThat(run.err()).startsWith("fixlane: Invalid value for ").contains("is no path: ");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
