package io.fixlane.conformance;

import io.fixlane.conformance.bytes.Excerpt;
import io.fixlane.format.FixedFormat;
import io.fixlane.reference.ReferenceCast;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A decimal of a dump, and the words that it may stand for.
 *
 * @param text how it is written
 * @param value its value, with the digits that are written
 * @param format the format of the words
 */
record DumpDecimal(String text, BigDecimal value, FixedFormat format) {
  /** Further exponents and binary points would make numbers of millions of digits. */
  private static final int MAX_EXPONENT = 10_000;
  private static final int MAX_FRACTION = 4 * FixedFormat.MAX_WIDTH;

  /**
   * Returns a decimal.
   *
   * @param exponent its exponent, or null where it has none
   * @throws IllegalArgumentException if its exponent is too large
   */
  static DumpDecimal of(String text, @Nullable String exponent,
      FixedFormat format) {
    requireNear(format);
    if (exponent != null
        && new BigInteger(exponent).abs().compareTo(BigInteger.valueOf(MAX_EXPONENT)) > 0) {
      throw new IllegalArgumentException("'" + Excerpt.of(text) + "' has the exponent "
          + Excerpt.of(exponent) + ": it must lie in -" + MAX_EXPONENT + ".." + MAX_EXPONENT);
    }
    return new DumpDecimal(text, new BigDecimal(text), format);
  }

  /**
   * Checks that values of the format can be written with some thousand digits.
   *
   * @throws IllegalArgumentException if its binary point is too far away
   */
  static void requireNear(FixedFormat format) {
    if (Math.abs((long) format.fractionBits()) > MAX_FRACTION) {
      throw new IllegalArgumentException("W - I of " + format + " is " + format.fractionBits()
          + ": values are read where it lies in -" + MAX_FRACTION + ".." + MAX_FRACTION
          + ", raw words everywhere");
    }
  }

  /**
   * Returns the word.
   *
   * @param digits how many significant digits were printed at least
   * @throws IllegalArgumentException if the decimal stands for none, or for more than one
   */
  BigInteger word(DumpNotation notation, int digits) {
    return switch (notation) {
      case CAST ->
          ReferenceCast.ofFraction(numerator(value), denominator(value), format).result().raw();
      case TO_STRING -> {
        BigInteger word = floor(value);
        if (!word.equals(ceil(value)) || !format.contains(word)) {
          throw noWord("");
        }
        yield word;
      }
      default -> rounded(digits);
    };
  }

  /**
   * Returns the one word that rounds to what is written: with all the digits that there must be,
   * those left out being zeros, or else with those that are written, as {@code printf("%f")} does.
   */
  private BigInteger rounded(int digits) {
    if (value.signum() == 0 && value.scale() <= 0) {
      return BigInteger.ZERO;
    }
    int zeros = value.signum() == 0 ? 0 : Math.max(0, digits - value.precision());
    BigDecimal half = BigDecimal.valueOf(5, 1 + value.scale() + zeros);
    BigInteger first = first(half);
    BigInteger last = last(half);
    if (first.compareTo(last) < 0) {
      throw new IllegalArgumentException("'" + Excerpt.of(text) + "' stands for any of "
          + Excerpt.of(last.subtract(first).add(BigInteger.ONE).toString()) + " words of " + format
          + ", as far as " + digits + " digits tell: print more, and say how many");
    }
    if (first.compareTo(last) > 0) {
      BigDecimal halfOfLastDigit = BigDecimal.valueOf(5, 1 + value.scale());
      first = first(halfOfLastDigit);
      last = last(halfOfLastDigit);
    }
    if (!first.equals(last)) {
      throw noWord(", nor one rounded to " + digits + " digits");
    }
    return first;
  }

  private BigInteger first(BigDecimal half) {
    return ceil(value.subtract(half)).max(format.minRaw());
  }

  private BigInteger last(BigDecimal half) {
    return floor(value.add(half)).min(format.maxRaw());
  }

  /** Returns the largest integer that is at most number x 2^F. */
  private BigInteger floor(BigDecimal number) {
    int shift = format.fractionBits();
    BigInteger[] parts = numerator(number).shiftLeft(Math.max(shift, 0))
        .divideAndRemainder(denominator(number).shiftLeft(Math.max(-shift, 0)));
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private BigInteger ceil(BigDecimal number) {
    return floor(number.negate()).negate();
  }

  private static BigInteger numerator(BigDecimal number) {
    return number.unscaledValue().multiply(BigInteger.TEN.pow(Math.max(-number.scale(), 0)));
  }

  private static BigInteger denominator(BigDecimal number) {
    return BigInteger.TEN.pow(Math.max(number.scale(), 0));
  }

  private IllegalArgumentException noWord(String nor) {
    BigInteger below = floor(value).max(format.minRaw()).min(format.maxRaw());
    BigInteger above = ceil(value).max(format.minRaw()).min(format.maxRaw());
    return new IllegalArgumentException("'" + Excerpt.of(text) + "' is no value of " + format + nor
        + ": the nearest " + (below.equals(above)
            ? "is " + described(below)
            : "are " + described(below) + " and " + described(above)));
  }

  private String described(BigInteger raw) {
    return Excerpt.of(format.value(raw).stripTrailingZeros().toPlainString()) + " (raw "
        + Excerpt.of(raw.toString()) + ")";
  }
}
