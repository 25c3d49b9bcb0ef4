package io.fixlane.cli.train;

import io.fixlane.cli.console.UserError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options {@code --fold-norms} and {@code --teacher}: what fixed point takes from float. */
final class FineTuning {
  @Mixin
  private FoldOption fold = new FoldOption();

  @Option(
      names = "--teacher",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "In fixed point, how much of each label is what the float network says of the "
          + "image in its place, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private float teacher;

  /**
   * Requires values in their range.
   *
   * @throws UserError if one is not
   */
  void require() {
    if (!(teacher >= 0 && teacher <= 1)) {
      throw new UserError("--teacher is " + teacher + ": it must be in 0..1");
    }
  }

  /** Returns whether batch normalisations are folded. */
  boolean foldNorms() {
    return fold.foldNorms();
  }

  /** Returns the part of the targets that the float network gives. */
  float teacher() {
    return teacher;
  }
}
