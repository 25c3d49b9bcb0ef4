package io.fixlane.cli.train;

import io.fixlane.cli.console.UserError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers of the command line: their ranges, and how they are shown. */
final class Numbers {
  private Numbers() {}

  /**
   * Returns an option's number.
   *
   * @throws UserError if it is out of its range
   */
  static int require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UserError(option + " is " + value + ": it must be "
          + (most == Integer.MAX_VALUE ? "at least " + least : "in " + least + ".." + most));
    }
    return value;
  }

  /**
   * Requires the number of an option that need not be given, at least 1.
   *
   * @throws UserError if it is given and out of its range
   */
  static void requireIfGiven(String option, @Nullable Integer value, int most) {
    if (value != null) {
      require(option, value, 1, most);
    }
  }

  /** Returns a part of 1 as {@code 98.33 %}. */
  static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * part);
  }

  /** Returns a count as {@code 60,000}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns a count of things as {@code 1 thread} or {@code 2 threads}. */
  static String counted(long count, String thing) {
    return count(count) + " " + thing + (count == 1 ? "" : "s");
  }
}
