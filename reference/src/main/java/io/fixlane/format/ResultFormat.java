package io.fixlane.format;

import java.util.Objects;

/** The types that C++ gives the results of operators: exact, with the default modes. */
final class ResultFormat {
  private ResultFormat() {}

  static FixedFormat sum(FixedFormat a, FixedFormat b) {
    return aligned(a, b, 1, false, "sum");
  }

  static FixedFormat difference(FixedFormat a, FixedFormat b) {
    return aligned(a, b, 1, true, "difference");
  }

  static FixedFormat bitwise(FixedFormat a, FixedFormat b) {
    return aligned(a, b, 0, false, "bitwise operation");
  }

  /** Both operands are brought to one binary point, and to one sign, which takes a bit. */
  private static FixedFormat aligned(
      FixedFormat a, FixedFormat b, int carry, boolean signed, String operation) {
    Objects.requireNonNull(b, "other");
    long integer = carry + Math.max(
        (long) a.integerBits() + toInt(b.signed() && !a.signed()),
        (long) b.integerBits() + toInt(a.signed() && !b.signed()));
    long fraction = Math.max(a.fractionBits(), b.fractionBits());
    return of(signed || a.signed() || b.signed(), integer + fraction, integer, operation, a, b);
  }

  static FixedFormat product(FixedFormat a, FixedFormat b) {
    Objects.requireNonNull(b, "other");
    return of(a.signed() || b.signed(), (long) a.width() + b.width(),
        (long) a.integerBits() + b.integerBits(), "product", a, b);
  }

  static FixedFormat quotient(FixedFormat a, FixedFormat divisor) {
    Objects.requireNonNull(divisor, "divisor");
    int sign = toInt(divisor.signed());
    return of(a.signed() || divisor.signed(),
        (long) sign + a.width() + Math.max(divisor.fractionBits(), 0),
        (long) sign + a.integerBits() + divisor.fractionBits(), "quotient", a, divisor);
  }

  static FixedFormat negation(FixedFormat a) {
    return of(true, a.width() + 1L, a.integerBits() + 1L, "negation", a, a);
  }

  private static FixedFormat of(
      boolean signed, long w, long i, String operation, FixedFormat a, FixedFormat b) {
    if (w > FixedFormat.MAX_WIDTH || i != (int) i) {
      throw new IllegalArgumentException(
          "the " + operation + " of " + a + (b == a ? "" : " and " + b) + " needs W " + w
              + " and I " + i + ": the width must lie in 1.." + FixedFormat.MAX_WIDTH
              + " and I must fit in 32 bits");
    }
    return signed
        ? FixedFormat.signed((int) w, (int) i)
        : FixedFormat.unsigned((int) w, (int) i);
  }

  private static int toInt(boolean bit) {
    return bit ? 1 : 0;
  }
}
