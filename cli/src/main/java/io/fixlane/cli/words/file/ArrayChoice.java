package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import java.util.List;

/** Which array of a file is meant. */
final class ArrayChoice {
  private static final int MOST_NAMED = 20;

  private ArrayChoice() {}

  /**
   * Returns the array that {@code --array} names, or the only one.
   *
   * @throws UserError if there are several, or none of the name
   */
  static String choose(WordInput input, List<String> names) {
    String wanted = input.array();
    if (wanted == null && names.size() == 1) {
      return names.getFirst();
    }
    if (wanted != null && names.contains(wanted)) {
      return wanted;
    }
    String there = names.isEmpty()
        ? "no array"
        : names.size() + (names.size() == 1 ? " array: " : " arrays: ")
            + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)))
            + (names.size() > MOST_NAMED ? ", ..." : "");
    throw new UserError(wanted == null
        ? input.options().file() + " is " + input.file() + ": it has " + there
            + (names.isEmpty() ? "" : "; " + input.options().array())
        : "--array is " + wanted + ": " + input.file() + " has " + there);
  }
}
