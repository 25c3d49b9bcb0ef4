package io.fixlane.cli.search;

import io.fixlane.cli.console.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Numbers as an option lists them: {@code 3..8}, {@code 4,6} or {@code 2..4,8}. */
final class NumberList {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

  private NumberList() {}

  /**
   * Returns the numbers, ascending, each once.
   *
   * @throws UserError if the text is no list, or a number out of its range
   */
  static List<Integer> parse(String option, String text, int least, int most) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw new UserError(option + " is " + text
            + ": it must be numbers and ranges, such as 3..8 or 4,6,8");
      }
      int first = number(option, text, matcher.group(1), least, most);
      int last = matcher.group(2) == null
          ? first
          : number(option, text, matcher.group(2), least, most);
      if (last < first) {
        throw new UserError(option + " is " + text + ": " + part + " is an empty range");
      }
      IntStream.rangeClosed(first, last).forEach(numbers::add);
    }
    return new ArrayList<>(numbers);
  }

  private static int number(String option, String text, String digits, int least, int most) {
    int number = Integer.parseInt(digits);
    if (number < least || number > most) {
      throw new UserError(
          option + " is " + text + ": " + number + " must be in " + least + ".." + most);
    }
    return number;
  }
}
