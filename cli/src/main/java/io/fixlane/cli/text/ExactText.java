package io.fixlane.cli.text;

import io.fixlane.format.FixedFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Exact numbers as text of bounded length, without ever forming a number that has too many digits.
 */
public final class ExactText {
  /**
   * A power of two beyond this is left as one: its digits would fill the screen and take long to
   * find.
   */
  public static final int MAX_POWER = 20_000;

  private static final int MAX_DIGITS = 44;
  private static final int MAX_ELIDED = 40;
  // 17 significant digits tell any two doubles apart.
  private static final MathContext ABOUT = new MathContext(17);

  private ExactText() {}

  /**
   * Returns raw x 2<sup>-fractionBits</sup>: as a decimal where it is short, else about it or as a
   * product.
   */
  public static String value(BigInteger raw, long fractionBits) {
    if (raw.signum() == 0) {
      return "0";
    }
    if (Math.abs(fractionBits) > MAX_POWER) {
      return product(raw, fractionBits);
    }
    BigDecimal exact = exact(raw, (int) fractionBits);
    if (isShort(exact)) {
      return exact.toPlainString();
    }
    BigDecimal rounded = exact.round(ABOUT).stripTrailingZeros();
    return (rounded.compareTo(exact) == 0 ? "" : "about ") + rounded;
  }

  /** Returns {@code value = prefix product}, or only the product where the value is left as one. */
  public static String valueAndProduct(BigInteger raw, long fractionBits, String prefix) {
    String value = value(raw, fractionBits);
    String product = product(raw, fractionBits);
    return (value.equals(product) ? "" : value + " = ") + prefix + product;
  }

  /** Returns {@code raw x 2^-fractionBits}. */
  public static String product(BigInteger raw, long fractionBits) {
    return elide(raw.toString()) + " x 2^" + -fractionBits;
  }

  /** Returns numerator / denominator in lowest terms where that is short, and about. */
  public static String fraction(BigInteger numerator, BigInteger denominator) {
    BigInteger divisor = numerator.gcd(denominator);
    String fraction = numerator.divide(divisor) + "/" + denominator.divide(divisor);
    return (fraction.length() <= MAX_DIGITS ? fraction + ", " : "") + about(numerator, denominator);
  }

  /** Returns numerator / denominator to 17 digits. */
  public static String about(BigInteger numerator, BigInteger denominator) {
    return "about " + new BigDecimal(numerator).divide(new BigDecimal(denominator), ABOUT);
  }

  /**
   * Returns the words of a format from {@code min} up, {@code -8 .. 7}: in powers of two where they
   * are long.
   */
  public static String rawRange(FixedFormat format, BigInteger min) {
    int width = format.width();
    if (width <= 64) {
      return min + " .. " + format.maxRaw();
    }
    if (!format.signed()) {
      return "0 .. 2^" + width + " - 1";
    }
    return "-2^" + (width - 1) + (min.equals(format.minRaw()) ? "" : " + 1") + " .. 2^"
        + (width - 1) + " - 1";
  }

  /** Returns the values of a format from that of {@code min} up, {@code -2 .. 1.75}. */
  public static String valueRange(FixedFormat format, BigInteger min) {
    int fraction = format.fractionBits();
    if (format.width() <= 64 && Math.abs((long) fraction) <= 64) {
      BigDecimal low = exact(min, fraction);
      BigDecimal high = exact(format.maxRaw(), fraction);
      if (isShort(low) && isShort(high)) {
        return low.toPlainString() + " .. " + high.toPlainString();
      }
    }
    long top = (long) format.integerBits() - (format.signed() ? 1 : 0);
    String step = "2^" + -(long) fraction;
    String symmetric = min.equals(format.minRaw()) ? "" : " + " + step;
    return (format.signed() ? "-2^" + top + symmetric : "0") + " .. 2^" + top + " - " + step;
  }

  /** Returns digits, or only their ends where they are many. */
  public static String elide(String digits) {
    int length = digits.length();
    return length <= MAX_DIGITS
        ? digits
        : digits.substring(0, MAX_ELIDED / 2) + "..." + digits.substring(length - MAX_ELIDED / 2);
  }

  private static boolean isShort(BigDecimal value) {
    return value.scale() <= MAX_DIGITS && value.precision() - value.scale() <= MAX_DIGITS
        && value.toPlainString().length() <= MAX_DIGITS;
  }

  /** Returns raw x 2<sup>-fractionBits</sup> without trailing zeros. */
  private static BigDecimal exact(BigInteger raw, int fractionBits) {
    BigDecimal value = fractionBits >= 0
        ? new BigDecimal(raw.multiply(BigInteger.valueOf(5).pow(fractionBits)), fractionBits)
        : new BigDecimal(raw.shiftLeft(-fractionBits));
    return value.stripTrailingZeros();
  }
}
