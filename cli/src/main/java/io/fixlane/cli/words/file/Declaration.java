package io.fixlane.cli.words.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What of C stands before the braces of an array: its type, its name and its dimensions. */
final class Declaration {
  /** A dimension that is no number, such as the name of a macro. */
  static final long UNKNOWN = -1;

  private static final Pattern INTEGER = Pattern.compile(
      "(.*\\W)?(u?int(8|16|32|64)_t|int|short|char|long|unsigned)(\\W.*)?");
  private static final Pattern DIMENSION = Pattern.compile("[0-9]{1,15}");

  private final StringBuilder type = new StringBuilder();
  private final List<Long> dimensions = new ArrayList<>();
  private String last = "";
  private boolean assigned;

  /** Forgets all: another declaration begins. */
  void clear() {
    type.setLength(0);
    dimensions.clear();
    last = "";
    assigned = false;
  }

  /** Takes a name, a number or a sign. */
  void add(String text) {
    if (dimensions.isEmpty()) {
      type.append(last).append(' ');
      last = text;
    }
  }

  void addDimension(String text) {
    String digits = text.strip();
    dimensions.add(DIMENSION.matcher(digits).matches() ? Long.parseLong(digits) : UNKNOWN);
  }

  void assign() {
    assigned = true;
  }

  /** Returns whether the braces of an array come. */
  boolean isArray() {
    return assigned && !dimensions.isEmpty() && !last.isEmpty();
  }

  String name() {
    return last;
  }

  List<Long> dimensions() {
    return List.copyOf(dimensions);
  }

  /** Returns whether the elements are integers of C, and no type of numbers. */
  boolean isInteger() {
    return INTEGER.matcher(type).matches();
  }
}
