package io.fixlane.cli.train;

import io.fixlane.cli.console.ShutdownHook;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a user is told who ends training before its time. */
final class Interruption implements AutoCloseable {
  private final Recipe recipe;
  private final PrintWriter err;
  private final ShutdownHook hook;

  Interruption(Recipe recipe, PrintWriter err) {
    this.recipe = recipe;
    this.err = err;
    this.hook = new ShutdownHook(this::tell);
  }

  void tell() {
    // The line of progress has no end yet.
    err.println();
    err.println("fixlane: interrupted" + Stream.of(Stage.QFX, Stage.FLOAT)
        .flatMap(stage -> Optional.ofNullable(recipe.checkpoint(stage)).stream())
        .filter(Files::exists)
        .findFirst()
        .map(Interruption::goOn)
        .orElse("; with --checkpoint FILE, training goes on where it was"));
    err.flush();
  }

  private static String goOn(Path checkpoint) {
    return "; " + checkpoint + " is the last checkpoint: the same command goes on from there";
  }

  @Override
  public void close() {
    hook.close();
  }
}
