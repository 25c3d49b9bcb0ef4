package io.fixlane.cli.text;

import io.fixlane.cli.console.UserError;
import io.fixlane.format.FixedFormat;

/** Formats as a user writes them behind a command. */
public final class FormatText {
  private FormatText() {}

  /**
   * Reads a format, with a hint where the shell has eaten a part of it.
   *
   * @throws UserError if the text is no format
   */
  public static FixedFormat parse(String text) {
    try {
      return FixedFormat.parse(text);
    } catch (IllegalArgumentException e) {
      String hint = text.contains("<")
          ? ""
          : " (the shell takes < and > unless quotes stand around the format)";
      throw new UserError(e.getMessage() + hint, e);
    }
  }
}
