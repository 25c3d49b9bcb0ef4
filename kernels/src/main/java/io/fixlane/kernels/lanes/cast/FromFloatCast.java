package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;

/**
 * A cast from double to fixed, in any mode: the double is taken apart into sign, significand and
 * exponent, and its significand is quantized by a shift that differs from lane to lane. Whether a
 * number overflows is a question about the number itself, as in {@link IntegerCast}.
 *
 * @param fractionBits F of the destination, or the nearest number of bits that gives the same words
 * @param base what {@link Rounding} adds always, for {@link #FAR} dropped bits
 * @param signTerm what {@link Rounding} adds to negative words, for {@link #FAR} dropped bits
 * @param oddTerm what {@link Rounding} adds where the bits kept are odd
 * @param low the smallest double that does not overflow
 * @param high the largest double that does not overflow
 * @param infinite whether an infinity has a meaning: it does where the destination does not wrap
 * @param overflow what is done outside {@code low..high}
 * @param signTermIsMask whether the sign term depends on the number of dropped bits: it is their
 *     mask, and not 1 or -1
 * @param appends whether a word that is kept can be a significand with zeros appended, or as it is:
 *     where it wraps, where 53 bits fit in the range, or where subnormal numbers, whose
 *     significands are short, have no bits below the destination's lowest
 * @param needsLostBit whether the overflow mode asks for the source's bit just above the
 *     destination's most significant one
 * @param shiftOfExponentZero n for an exponent field of 0: the exponent field counts from here down
 */
public record FromFloatCast(
    int fractionBits, long base, long signTerm, long oddTerm, double low, double high,
    boolean infinite,
    OverflowRecipe overflow, boolean signTermIsMask, boolean appends, boolean needsLostBit,
    int shiftOfExponentZero)
    implements CastStep, ScalarStep {

  private static final Template<ScalarCast> SCALAR =
      Template.of(MethodHandles.lookup(), ScalarFromFloatCast.class, ScalarCast.class);

  /** Beyond this many dropped bits less than half a step is left of any significand. */
  public static final int FAR = Double.PRECISION + 2;

  /** The exponent of the smallest double, 2<sup>-1074</sup>. */
  private static final int MIN_EXPONENT = Double.MIN_EXPONENT + 1 - Double.PRECISION;

  // Where the smallest double is shifted left beyond a word, so are all, and a coarser step than
  // the largest double leaves nothing of any: a binary point further out makes no difference.
  private static final int MAX_FRACTION_BITS = -MIN_EXPONENT + 2 * Long.SIZE;
  private static final int MIN_FRACTION_BITS = -Double.MAX_EXPONENT - FAR - 2 * Long.SIZE;

  /** Returns the cast of doubles into a format. */
  public static FromFloatCast of(FixedFormat target) {
    int fractionBits =
        Math.clamp(target.fractionBits(), MIN_FRACTION_BITS, MAX_FRACTION_BITS);
    Rounding rounding = Rounding.of(target.quantization(), FAR);
    BigInteger smallest = target.minKeptRaw();
    BigInteger largest = target.maxKeptRaw();
    BigInteger low = Bisection.first(ordinal(-Double.MAX_VALUE), BigInteger.ZERO,
        o -> quantize(number(o), fractionBits, target).compareTo(smallest) >= 0);
    BigInteger high = Bisection.last(BigInteger.ZERO, ordinal(Double.MAX_VALUE),
        o -> quantize(number(o), fractionBits, target).compareTo(largest) <= 0);
    OverflowRecipe overflow = OverflowRecipe.of(target, true);
    boolean infinite = !target.overflow().wraps();
    int shiftOfExponentZero = Double.MAX_EXPONENT + Double.PRECISION - 1 - fractionBits;
    return new FromFloatCast(
        fractionBits,
        rounding.base().longValue(),
        rounding.signTerm().longValue(),
        rounding.oddTerm().longValue(),
        number(low),
        number(high),
        infinite,
        overflow,
        rounding.signTerm().compareTo(BigInteger.ONE) > 0,
        !infinite || target.width() >= Double.PRECISION || shiftOfExponentZero <= 1,
        overflow.needsLostBit(),
        shiftOfExponentZero);
  }

  @Override
  public ScalarCast scalar() {
    return SCALAR.compile(this);
  }

  private static BigInteger quantize(double number, int fractionBits, FixedFormat target) {
    // A finite double is an integer multiple of the smallest one: its significand, shifted by its
    // exponent field less 1.
    long bits = Double.doubleToRawLongBits(Math.abs(number));
    int exponent = (int) Math.max(bits >>> 52, 1);
    long significand = bits - ((long) (exponent - 1) << 52);
    BigInteger magnitude = BigInteger.valueOf(significand).shiftLeft(exponent - 1);
    BigInteger multiple = number < 0 ? magnitude.negate() : magnitude;
    return Rounding.quantize(multiple, -MIN_EXPONENT - fractionBits, target.quantization());
  }

  /** Numbers the doubles in their order, 0.0 as 0. */
  private static BigInteger ordinal(double number) {
    long magnitude = Double.doubleToRawLongBits(Math.abs(number));
    return BigInteger.valueOf(number < 0 ? -magnitude : magnitude);
  }

  private static double number(BigInteger ordinal) {
    double magnitude = Double.longBitsToDouble(ordinal.abs().longValue());
    return ordinal.signum() < 0 ? -magnitude : magnitude;
  }
}
