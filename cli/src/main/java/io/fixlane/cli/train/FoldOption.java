package io.fixlane.cli.train;

import picocli.CommandLine.Option;

/** The option {@code --fold-norms}. */
public final class FoldOption {
  @Option(
      names = "--fold-norms",
      description = "Batch normalisations become part of the weights and biases before them when "
          + "training in float has ended, and cost nothing in fixed point.")
  private boolean foldNorms;

  /** Makes the option, for picocli to fill. */
  public FoldOption() {}

  /** Returns whether batch normalisations are folded. */
  public boolean foldNorms() {
    return foldNorms;
  }
}
