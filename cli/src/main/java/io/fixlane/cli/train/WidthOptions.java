package io.fixlane.cli.train;

import io.fixlane.cli.console.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how many bits words have. */
final class WidthOptions {
  private static final int MOST = 24;

  @Option(
      names = "--bits",
      paramLabel = "W",
      defaultValue = "4",
      description = "The width of the words of weights and activations, 1 to 24 (default: "
          + "${DEFAULT-VALUE}). Biases have 16 bits.")
  private int bits;

  @Option(
      names = "--input-bits",
      paramLabel = "W",
      description = "The width of the network's input (default: that of --bits).")
  private @Nullable Integer inputBits;

  @Option(
      names = "--element-bits",
      paramLabel = "W",
      description = "The width in element-wise layers: batch normalisations, shortcuts, "
          + "activations and poolings (default: that of --bits).")
  private @Nullable Integer elementBits;

  @Option(
      names = "--addend-bits",
      paramLabel = "W",
      description = "The width of what shortcuts add, where no activation comes before; no product "
          + "takes these words (default: that of the layers that give them).")
  private @Nullable Integer addendBits;

  @Option(
      names = "--score-bits",
      paramLabel = "W",
      description = "The width of the scores of the classes, the network's result (default: that "
          + "of --bits).")
  private @Nullable Integer scoreBits;

  /**
   * Requires values in their range.
   *
   * @throws UserError if one is not
   */
  void require() {
    Numbers.require("--bits", bits, 1, MOST);
    requireIfGiven("--input-bits", inputBits);
    requireIfGiven("--element-bits", elementBits);
    requireIfGiven("--addend-bits", addendBits);
    requireIfGiven("--score-bits", scoreBits);
  }

  private static void requireIfGiven(String option, @Nullable Integer value) {
    if (value != null) {
      Numbers.require(option, value, 1, MOST);
    }
  }

  private int orBits(@Nullable Integer value) {
    return value == null ? bits : value;
  }

  /** Returns the widths. */
  Widths widths() {
    return new Widths(bits, orBits(inputBits), orBits(elementBits),
        addendBits == null ? 0 : addendBits, orBits(scoreBits));
  }
}
