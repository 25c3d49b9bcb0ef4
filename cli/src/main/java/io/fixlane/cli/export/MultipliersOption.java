package io.fixlane.cli.export;

import io.fixlane.cli.console.UserError;
import io.fixlane.hardware.VerilogOptions.Multipliers;

/** The option {@code --multipliers}. */
public final class MultipliersOption {
  private MultipliersOption() {}

  /**
   * Returns what it says.
   *
   * @throws UserError if it is none of its words
   */
  public static Multipliers parse(String text) {
    return switch (text) {
      case "shift-add" -> Multipliers.SHIFT_ADD;
      case "elements" -> Multipliers.ELEMENTS;
      case "dsp" -> Multipliers.DSP;
      default -> throw new UserError(
          "--multipliers is '" + text + "': it must be shift-add, elements or dsp");
    };
  }
}
