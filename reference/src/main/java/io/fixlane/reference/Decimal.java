package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Objects;

/** From decimals, which few bits or none may hold. */
final class Decimal {
  /** Further ones would take for ever to write in binary. */
  private static final int MAX_SCALE = 10_000;

  // Enough digits of a long number to know it by.
  private static final MathContext SHOWN = new MathContext(17);

  private Decimal() {}

  static BigDecimal parse(String text) {
    try {
      return new BigDecimal(Objects.requireNonNull(text, "text"));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "text is '" + text + "': expected a decimal, such as -0.34375 or 1e-3", e);
    }
  }

  static Fixed exact(BigDecimal value) {
    BigInteger[] parts = overPowersOfFive(value);
    if (parts[1].signum() != 0) {
      throw new IllegalArgumentException("value is " + value.round(SHOWN)
          + ": it has no end in binary, and needs a format to be rounded to");
    }
    return FloatingPoint.narrowest(parts[0], -Math.max(value.scale(), 0));
  }

  static Fixed cast(BigDecimal value, FixedFormat format) {
    BigInteger[] parts = overPowersOfFive(value);
    int scale = Math.max(value.scale(), 0);
    ReferenceCast cast = parts[1].signum() == 0
        ? ReferenceCast.of(parts[0], scale, format)
        : ReferenceCast.ofFraction(value.unscaledValue(), BigInteger.TEN.pow(scale), format);
    return cast.result();
  }

  /** Returns value x 2<sup>scale</sup> as an integer, and what is left of it. */
  private static BigInteger[] overPowersOfFive(BigDecimal value) {
    Objects.requireNonNull(value, "value");
    if (value.signum() == 0) {
      return new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO};
    }
    if (Math.abs((long) value.scale()) > MAX_SCALE) {
      throw new IllegalArgumentException("value is " + value.round(SHOWN) + " with the scale "
          + value.scale() + ": it must lie in -" + MAX_SCALE + ".." + MAX_SCALE);
    }
    return value.scale() <= 0
        ? new BigInteger[] {value.toBigIntegerExact(), BigInteger.ZERO}
        : value.unscaledValue().divideAndRemainder(BigInteger.valueOf(5).pow(value.scale()));
  }
}
