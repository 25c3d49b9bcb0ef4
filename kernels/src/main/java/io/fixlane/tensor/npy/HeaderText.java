package io.fixlane.tensor.npy;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header as text, a dictionary of Python:
 * {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}.
 */
final class HeaderText {
  private static final int LONGEST_EXCERPT = 60;
  private static final int DIGITS_KEPT = 21;
  private static final Pattern KEY = Pattern.compile("(['\"])(\\w+)\\1\\s*:\\s*");
  private static final Pattern TYPE = Pattern.compile("(['\"])([<>|=]?)([a-zA-Z][0-9]{0,3})\\1");
  private static final Pattern TRUTH = Pattern.compile("(True|False)\\b");
  private static final Pattern SHAPE =
      Pattern.compile("\\(\\s*((?:[0-9]{1,19}L?\\s*,\\s*)*)([0-9]{1,19}L?)?\\s*\\)");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final Pattern BEGIN = Pattern.compile("\\s*\\{\\s*");
  private static final Pattern END = Pattern.compile("\\s*\\}\\s*");

  private final String text;
  private final Matcher at;
  private int place;

  private HeaderText(String text) {
    this.text = text;
    this.at = BEGIN.matcher(text);
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if it is none, or of a type that is not read
   */
  static NpyHeader parse(String text) {
    return new HeaderText(text).header();
  }

  private NpyHeader header() {
    require(BEGIN, "'{'");
    NpyType type = null;
    ByteOrder order = ByteOrder.nativeOrder();
    boolean columnMajor = false;
    List<Long> shape = null;
    Set<String> keys = new HashSet<>();
    boolean more = true;
    while (more && !find(END)) {
      require(KEY, "a key in quotes and ':'");
      String key = at.group(2);
      if (!keys.add(key)) {
        throw new IllegalArgumentException("its header has '" + key + "' twice");
      }
      switch (key) {
        case "descr" -> {
          require(TYPE, "the type of its elements, such as '<f4', not several or none");
          order = order(at.group(2));
          type = type(at.group(2) + at.group(3), at.group(3));
        }
        case "fortran_order" -> {
          require(TRUTH, "True or False");
          columnMajor = at.group(1).equals("True");
        }
        case "shape" -> {
          require(SHAPE, "dimensions, such as (3, 4)");
          shape = shape();
        }
        default -> throw new IllegalArgumentException("its header has '" + key
            + "': descr, fortran_order and shape are all that it may have");
      }
      more = find(COMMA);
    }
    if (!more) {
      require(END, "'}'");
    }
    if (place != text.length()) {
      throw refused("nothing more");
    }
    if (type == null || shape == null || !keys.contains("fortran_order")) {
      throw new IllegalArgumentException(
          "its header has " + keys.stream().sorted().toList()
              + ": descr, fortran_order and shape must be there");
    }
    return new NpyHeader(type, order, columnMajor, shape);
  }

  private static ByteOrder order(String sign) {
    return switch (sign) {
      case "<" -> ByteOrder.LITTLE_ENDIAN;
      case ">" -> ByteOrder.BIG_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }

  private static NpyType type(String text, String code) {
    for (NpyType type : NpyType.values()) {
      if (type.code().equals(code)) {
        return type;
      }
    }
    throw new IllegalArgumentException("its elements are of the type '" + text
        + "': integers of 8 to 64 bits, floats of 16 to 64 bits and bool are read");
  }

  private List<Long> shape() {
    List<Long> shape = new ArrayList<>();
    String all = at.group(1) + (at.group(2) == null ? "" : at.group(2));
    for (String dimension : all.split(",")) {
      String digits = dimension.strip();
      if (!digits.isEmpty()) {
        shape.add(dimension(digits.endsWith("L")
            ? digits.substring(0, digits.length() - 1)
            : digits));
      }
    }
    if (shape.size() == 1 && at.group(1).isEmpty()) {
      throw new IllegalArgumentException(
          "its header has the shape " + at.group() + ": a comma must stand behind the one");
    }
    return shape;
  }

  private static long dimension(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its header has the dimension " + digits
          + ": it must be at most 2^63 - 1", e);
    }
  }

  private boolean find(Pattern pattern) {
    boolean found = at.usePattern(pattern).region(place, text.length()).lookingAt();
    place = found ? at.end() : place;
    return found;
  }

  private void require(Pattern pattern, String expected) {
    if (!find(pattern)) {
      throw refused(expected);
    }
  }

  private IllegalArgumentException refused(String expected) {
    String rest = text.substring(place, Math.min(text.length(), place + LONGEST_EXCERPT)).strip();
    return new IllegalArgumentException("its header has " + (rest.isEmpty()
        ? "ended"
        : "'" + rest.replaceAll("[^ -~]", "?") + "'") + " where " + expected + " is expected");
  }

  /**
   * Returns the text of a header as numpy writes it: with room for the dimension that grows when
   * arrays are appended.
   */
  static String print(NpyHeader header) {
    List<Long> shape = header.shape();
    String sign = header.type().bytes() == 1
        ? "|"
        : header.order() == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
    String dimensions = String.join(", ", shape.stream().map(String::valueOf).toList());
    String text = "{'descr': '" + sign + header.type().code() + "', 'fortran_order': "
        + (header.columnMajor() ? "True" : "False") + ", 'shape': (" + dimensions
        + (shape.size() == 1 ? "," : "") + "), }";
    if (shape.isEmpty()) {
      return text;
    }
    long growing = header.columnMajor() ? shape.getLast() : shape.getFirst();
    return text + " ".repeat(DIGITS_KEPT - String.valueOf(growing).length());
  }
}
