package io.fixlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The top command, and what a user sees of failures. */
class FixlaneCommandTest {
  @Command(name = "broken")
  static final class Broken implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("a thing that cannot be");
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

  @ParameterizedTest
  @ValueSource(
      strings = {"bench", "compare", "conform", "cast", "evaluate", "explain", "modes", "report",
        "train"})
  void everyCommandHasHelp(String command) {
    Run run = Run.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: fixlane " + command);
    assertThat(Run.of("help", command).out()).isEqualTo(run.out());
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

  @Test
  void aBugIsOneLineWithAnExitCodeOfItsOwn() {
    CommandLine commandLine = FixlaneCommand.commandLine().addSubcommand(new Broken());
    commandLine.setExecutionExceptionHandler(Failures::executionError);
    Run run = Run.of(commandLine, Ansi.OFF, "broken");
    assertThat(run.exitCode()).isEqualTo(70);
    assertThat(run.err()).contains("this is a bug in fixlane", "a thing that cannot be")
        .hasLineCount(1);
  }
}
