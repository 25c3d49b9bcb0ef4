package io.fixlane.cli.cast;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.text.ExactText;
import io.fixlane.cli.text.FormatText;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notations of a {@link CastValue}: a decimal, a fraction, a hexadecimal floating-point number,
 * a raw word with its format, an infinity. All are read exactly: none passes through a {@code
 * double}, but a decimal that ends in d, which is the double next to it.
 */
final class CastValueText {
  /**
   * The largest decimal exponent that is read; further ones would take for ever to write in binary.
   */
  static final int MAX_DECIMAL_EXPONENT = 10_000;

  /** The largest binary exponent that is read: a third of what the 32 bits of I can tell apart. */
  static final int MAX_BINARY_EXPONENT = 700_000_000;

  private static final Pattern RAW =
      Pattern.compile("raw:([+-]?)(0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|[0-9]+)"
          + "@(\\s*\\w+\\s*(?:<[^<>]*>)?\\s*)");
  private static final Pattern FRACTION = Pattern.compile("([+-]?[0-9]+)/([0-9]+)");
  private static final Pattern HEX =
      Pattern.compile(
          "([+-]?)0[xX](?=\\.?[0-9a-fA-F])([0-9a-fA-F]*)\\.?([0-9a-fA-F]*)(?:[pP]([+-]?[0-9]+))?");
  private static final Pattern DECIMAL =
      Pattern.compile("([+-]?(?=\\.?[0-9])[0-9]*\\.?[0-9]*)(?:[eE]([+-]?[0-9]+))?([dD]?)");

  private CastValueText() {}

  /** Returns whether a text is one value, or nothing at all, and not an expression. */
  static boolean isPlain(String text) {
    return text.indexOf('@') < 0 || RAW.matcher(text).matches();
  }

  /**
   * Reads a value.
   *
   * @throws UserError if the text is no value, or one that nothing can cast
   */
  static CastValue parse(String text) {
    Matcher raw = RAW.matcher(text);
    if (raw.matches()) {
      return word(text, raw);
    }
    Matcher fraction = FRACTION.matcher(text);
    if (fraction.matches()) {
      return fraction(text, fraction);
    }
    Matcher hex = HEX.matcher(text);
    if (hex.matches()) {
      return hex(text, hex);
    }
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return decimal(text, decimal);
    }
    return special(text);
  }

  private static CastValue word(String text, Matcher matcher) {
    FixedFormat format = FormatText.parse(matcher.group(5));
    boolean negative = matcher.group(1).equals("-");
    boolean decimal = matcher.group(3) == null && matcher.group(4) == null;
    BigInteger magnitude = decimal
        ? new BigInteger(matcher.group(2))
        : matcher.group(3) != null
            ? new BigInteger(matcher.group(3), 16)
            : new BigInteger(matcher.group(4), 2);
    if (!decimal && matcher.group(1).isEmpty()) {
      if (magnitude.bitLength() > format.width()) {
        throw new UserError(
            "'" + ExactText.elide(text) + "' has " + magnitude.bitLength() + " bits: " + format
                + " has " + format.width());
      }
      return new CastValue.Word(new Fixed(format, format.wrap(magnitude)));
    }
    BigInteger raw = negative ? magnitude.negate() : magnitude;
    if (!format.contains(raw)) {
      throw new UserError(
          "raw word " + ExactText.elide(raw.toString()) + " is out of range for " + format
              + ": it must lie in " + ExactText.rawRange(format, format.minRaw()));
    }
    return new CastValue.Word(new Fixed(format, raw));
  }

  private static CastValue fraction(String text, Matcher matcher) {
    BigInteger denominator = new BigInteger(matcher.group(2));
    if (denominator.signum() == 0) {
      throw new UserError("'" + ExactText.elide(text) + "' divides by zero");
    }
    return CastValue.ofFraction(new BigInteger(matcher.group(1)), denominator);
  }

  private static CastValue hex(String text, Matcher matcher) {
    BigInteger magnitude = new BigInteger(matcher.group(2) + matcher.group(3), 16);
    int exponent = exponent(text, matcher.group(4), MAX_BINARY_EXPONENT);
    BigInteger raw = matcher.group(1).equals("-") ? magnitude.negate() : magnitude;
    return CastValue.ofBinary(raw, 4 * matcher.group(3).length() - exponent);
  }

  /**
   * Returns the double that a C++ compiler makes of a text, where that is a decimal, and not the
   * decimal itself.
   */
  static OptionalDouble otherDouble(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (!decimal.matches() || !decimal.group(3).isEmpty()) {
      return OptionalDouble.empty();
    }
    double nearest = Double.parseDouble(text);
    boolean same = Double.isInfinite(nearest)
        || new BigDecimal(nearest).compareTo(new BigDecimal(text)) == 0;
    return same ? OptionalDouble.empty() : OptionalDouble.of(nearest);
  }

  private static CastValue decimal(String text, Matcher matcher) {
    if (!matcher.group(3).isEmpty()) {
      double nearest = Double.parseDouble(text);
      return Double.isInfinite(nearest)
          ? new CastValue.Infinite(nearest < 0)
          : ofDecimal(new BigDecimal(nearest));
    }
    int exponent = exponent(text, matcher.group(2), MAX_DECIMAL_EXPONENT);
    return ofDecimal(new BigDecimal(matcher.group(1)).scaleByPowerOfTen(exponent));
  }

  private static CastValue ofDecimal(BigDecimal value) {
    return value.scale() <= 0
        ? CastValue.ofBinary(value.toBigIntegerExact(), 0)
        : CastValue.ofFraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  private static int exponent(String text, String digits, int max) {
    BigInteger exponent = digits == null ? BigInteger.ZERO : new BigInteger(digits);
    if (exponent.abs().compareTo(BigInteger.valueOf(max)) > 0) {
      throw new UserError(
          "'" + ExactText.elide(text) + "' has the exponent " + ExactText.elide(exponent.toString())
              + ": it must lie in -" + max + ".." + max);
    }
    return exponent.intValue();
  }

  private static CastValue special(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> new CastValue.Infinite(false);
      case "-inf", "-infinity" -> new CastValue.Infinite(true);
      case "nan", "+nan", "-nan" ->
          throw new UserError("VALUE is NaN: it has no fixed-point value");
      default -> throw new UserError("'" + ExactText.elide(text)
          + "' is not a value: expected a decimal"
          + " (0.34375, -1e-3), a double (0.1d), a fraction (-5/3), a hex double (0x1.8p-3), a raw"
          + " word (raw:-5@ap_fixed<8,3>) or Infinity");
    };
  }
}
