package io.fixlane.cli.words.file;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as C++ has them in its text. */
final class CNumber {
  /** What stdint.h calls INT64_MIN. */
  private static final String SMALLEST = String.valueOf(Long.MIN_VALUE);
  private static final Pattern PREFIXED = Pattern.compile("([-+]?)0([xXbB])([0-9a-fA-F]+)");
  private static final Pattern HEX_FLOAT = Pattern.compile("[-+]?0[xX].*[.pP].*");
  private static final Pattern FRACTION = Pattern.compile(
      "[-+]?(?=.*[.eE])(?=[0-9]|\\.[0-9])[0-9]*(\\.[0-9]*)?([eE][-+]?[0-9]{1,6})?");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-9]+");

  private CNumber() {}

  /** Returns a number without what parts its digits, and without the suffix of its type. */
  static String of(String text) {
    String number = text.replace("'", "").replace("INT64_MIN", SMALLEST);
    boolean hex = number.matches("[-+]?0[xX].*") && !HEX_FLOAT.matcher(number).matches();
    return number.replaceAll(hex ? "[uUlL]+$" : "[uUlLfF]+$", "");
  }

  /** Returns whether a number with its suffix is a float, which is narrower than a double. */
  static boolean isFloat(String text) {
    return text.endsWith("f") || text.endsWith("F");
  }

  /** Returns whether a number is a decimal with a point or an exponent: a double of C. */
  static boolean isFraction(String number) {
    return FRACTION.matcher(number).matches();
  }

  static boolean isOctal(String number) {
    return OCTAL.matcher(number).matches();
  }

  /** Returns an integer behind 0x or 0b in decimal digits, and another number as it is. */
  static String decimal(String number) {
    Matcher prefixed = PREFIXED.matcher(number);
    if (!prefixed.matches()) {
      return number;
    }
    boolean hex = prefixed.group(2).equalsIgnoreCase("x");
    if (!hex && !prefixed.group(3).matches("[01]+")) {
      return number;
    }
    return prefixed.group(1) + new BigInteger(prefixed.group(3), hex ? 16 : 2);
  }
}
