package io.fixlane.cli.train;

import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.cli.console.UserError;
import java.util.EnumMap;
import java.util.Map;
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
    Numbers.requireIfGiven("--input-bits", inputBits, MOST);
    Numbers.requireIfGiven("--element-bits", elementBits, MOST);
    Numbers.requireIfGiven("--addend-bits", addendBits, MOST);
    Numbers.requireIfGiven("--score-bits", scoreBits, MOST);
  }

  /** Returns the widths. */
  Widths widths() {
    Map<Role, Integer> own = new EnumMap<>(Role.class);
    put(own, Role.INPUT, inputBits);
    put(own, Role.ELEMENT, elementBits);
    put(own, Role.ADDEND, addendBits);
    put(own, Role.SCORES, scoreBits);
    return new Widths(bits, own);
  }

  private static void put(Map<Role, Integer> own, Role role, @Nullable Integer width) {
    if (width != null) {
      own.put(role, width);
    }
  }
}
