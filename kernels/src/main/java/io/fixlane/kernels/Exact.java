package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.ExactFormat;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.reference.Fixed;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operation computes exactly, before its cast: the formats of its operands, how far each is
 * shifted left to align the binary points, and the format of the exact result.
 *
 * @param operation the operation
 * @param a the first operand's format
 * @param aShift its shift
 * @param b the second operand's format, where there is one
 * @param bShift its shift
 * @param c the third operand's format, where there is one
 * @param cShift its shift
 * @param format the exact result's format
 * @param quotientBits for a division, the width in which the quotient is formed and wraps; 0 where
 *     it cannot wrap
 */
record Exact(
    Operation operation, FixedFormat a, int aShift, @Nullable FixedFormat b, int bShift,
    @Nullable FixedFormat c,
    int cShift, FixedFormat format, int quotientBits) {
  private static final int WIDEST = 128;

  Exact {
    requireWidth(operation, a, b, c, format, WIDEST);
  }

  private static void requireWidth(
      Operation operation, FixedFormat a, @Nullable FixedFormat b, @Nullable FixedFormat c,
      FixedFormat format, int widest) {
    if (format.width() > widest) {
      throw new IllegalArgumentException(
          "the exact result of " + operation + " on " + a + (b == null ? "" : " and " + b)
              + (c == null ? "" : " and " + c)
              + " is " + format + ": it must have at most " + widest + " bits");
    }
  }

  /** Returns this, if the exact result has at most so many bits. */
  Exact within(int widest) {
    requireWidth(operation, a, b, c, format, widest);
    return this;
  }

  static Exact unary(Operation operation, FixedFormat a, FixedFormat format) {
    return new Exact(operation, a, 0, null, 0, null, 0, format, 0);
  }

  /**
   * Returns a sum, difference, or the like: both operands are aligned to the result's binary point.
   */
  static Exact aligned(Operation operation, FixedFormat a, FixedFormat b, FixedFormat format) {
    return new Exact(operation, a, shift(a, format), b, shift(b, format), null, 0, format, 0);
  }

  /** Returns the smaller or larger of both, in the format of the sum, less its carry. */
  static Exact extremum(Operation operation, FixedFormat a, FixedFormat b) {
    FixedFormat sum = a.plus(b);
    return aligned(operation, a, b, ExactFormat.of("the exact result of " + operation + " on " + a
        + " and " + b, sum.signed(), sum.width() - 1, sum.integerBits() - 1L));
  }

  /**
   * Returns a signed a and its product with a slope that is not 0, where it is negative. Of a
   * slope 2<sup>-n</sup> the shift is all there is; of any other, b is what is no power of two.
   */
  static Exact leakyRelu(FixedFormat a, Fixed slope) {
    int zeros = slope.raw().getLowestSetBit();
    BigInteger odd = slope.raw().shiftRight(zeros);
    long fraction = (long) slope.format().fractionBits() - zeros;
    long aShift = Math.max(fraction, 0);
    long bShift = Math.max(-fraction, 0);
    // The smallest a has the product that is the longest.
    long width = Math.max(a.width() + aShift,
        a.minRaw().multiply(odd).bitLength() + 1 + bShift);
    FixedFormat format = ExactFormat.of("the exact result of " + Operation.LEAKY_RELU + " on " + a,
        true, width, width - a.fractionBits() - aShift);
    int oddWidth = odd.bitLength() + (odd.signum() < 0 ? 1 : 0);
    FixedFormat b = odd.equals(BigInteger.ONE) && bShift == 0
        ? null
        : ExactFormat.of("slope " + slope, odd.signum() < 0, oddWidth, oddWidth - fraction);
    return new Exact(Operation.LEAKY_RELU, a, (int) aShift, b, (int) bShift, null, 0, format, 0);
  }

  /** Returns a shifted left: its word, read with another binary point. */
  static Exact shifted(FixedFormat a, long bits) {
    long moved = Math.clamp(bits, -a.width(), a.width());
    return unary(Operation.COPY, a, ExactFormat.of("a word of " + a + " shifted left by "
        + bits + " bits", a.signed(), a.width(), a.integerBits() + moved));
  }

  static Exact product(FixedFormat a, FixedFormat b) {
    return new Exact(Operation.MULTIPLY, a, 0, b, 0, null, 0, a.times(b), 0);
  }

  static Exact productAndSum(FixedFormat x, FixedFormat scale, FixedFormat bias) {
    FixedFormat product = x.times(scale);
    FixedFormat sum = product.plus(bias);
    return new Exact(
        Operation.MULTIPLY_ADD, x, shift(product, sum), scale, 0, bias, shift(bias, sum), sum, 0);
  }

  static Exact quotient(FixedFormat a, FixedFormat b) {
    FixedFormat format = a.dividedBy(b);
    int shift = Math.max(b.fractionBits(), 0);
    // The quotient is formed in as many bits as the wider of dividend and divisor has, both made
    // signed, and wraps there.
    int dividend = a.width() + shift + (b.signed() && !a.signed() ? 1 : 0);
    int divisor = b.width() + (a.signed() && !b.signed() ? 1 : 0);
    return new Exact(
        Operation.DIVIDE, a, shift, b, 0, null, 0, format,
        format.signed() ? Math.max(dividend, divisor) : 0);
  }

  private static int shift(FixedFormat operand, FixedFormat result) {
    // An exact result that is too wide is refused before the shift is used.
    return (int) Math.min((long) result.fractionBits() - operand.fractionBits(), WIDEST);
  }

  /**
   * Returns the plan of this operation with a cast into {@code result}; b and c are words for every
   * element, or one.
   */
  Plan plan(FixedFormat result, boolean scalar) {
    return plan(result, scalar, null);
  }

  /** Returns the plan of this operation on a, with one word of b that is always the same. */
  Plan plan(FixedFormat result, MemorySegment word) {
    return plan(result, true, word);
  }

  private Plan plan(FixedFormat result, boolean scalar, @Nullable MemorySegment constant) {
    Operand first = Operand.of(a, aShift, false);
    Operand second = b == null ? null : Operand.of(b, bShift, scalar);
    Operand third = c == null ? null : Operand.of(c, cShift, scalar);
    return new Plan(
        counting -> Loops.of(operation, first, second, third, format, quotientBits, result,
            counting),
        constant);
  }

  /** Returns the loops with a cast into {@code result} whose first operand lies as it is given. */
  Loops loops(Operand first, FixedFormat result) {
    return Loops.of(operation, first, b == null ? null : Operand.of(b, bShift, false),
        c == null ? null : Operand.of(c, cShift, false), format, 0, result, false);
  }

  @Override
  public String toString() {
    return operation.name().toLowerCase(Locale.ROOT) + " " + a + (b == null ? "" : ", " + b)
        + (c == null ? "" : ", " + c)
        + (operation == Operation.LOOK_UP ? "" : " = " + format);
  }
}
