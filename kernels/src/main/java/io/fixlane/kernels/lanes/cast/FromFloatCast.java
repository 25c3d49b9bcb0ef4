package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.compile.Template;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;

/**
 * A cast from double or float to fixed, in any mode: the number is taken apart into sign,
 * significand and exponent, and its significand is quantized by a shift that differs from lane to
 * lane. Whether a number overflows is a question about the number itself, as in
 * {@link IntegerCast}. Floats are doubles too; as floats twice as many fill a vector, where their
 * words have at most 32 bits.
 *
 * @param number what is taken apart, {@link Container#DOUBLE} or {@link Container#FLOAT}
 * @param precision the bits of its significand, the hidden one included
 * @param infinity the bits of its infinity, all of its exponent
 * @param far the number of dropped bits beyond which less than half a step is left of any
 *     significand
 * @param fractionBits F of the destination, or the nearest number of bits that gives the same words
 * @param base what {@link Rounding} adds always, for {@code far} dropped bits
 * @param signTerm what {@link Rounding} adds to negative words, for {@code far} dropped bits
 * @param oddTerm what {@link Rounding} adds where the bits kept are odd
 * @param low the smallest number that does not overflow
 * @param high the largest number that does not overflow
 * @param infinite whether an infinity has a meaning: it does where the destination does not wrap
 * @param overflow what is done outside {@code low..high}
 * @param signTermIsMask whether the sign term depends on the number of dropped bits: it is their
 *     mask, and not 1 or -1
 * @param appends whether a word that is kept can be a significand with zeros appended, or as it is:
 *     where it wraps, where a significand fits in the range, or where subnormal numbers, whose
 *     significands are short, have no bits below the destination's lowest
 * @param needsLostBit whether the overflow mode asks for the source's bit just above the
 *     destination's most significant one
 * @param shiftOfExponentZero n for an exponent field of 0: the exponent field counts from here down
 */
public record FromFloatCast(
    Container number, int precision, long infinity, int far, int fractionBits, long base,
    long signTerm, long oddTerm, double low, double high,
    boolean infinite,
    OverflowRecipe overflow, boolean signTermIsMask, boolean appends, boolean needsLostBit,
    int shiftOfExponentZero)
    implements CastStep, ScalarStep {

  private static final Template<ScalarCast> SCALAR =
      Template.of(MethodHandles.lookup(), ScalarFromFloatCast.class, ScalarCast.class);

  /** The exponent of the smallest double, 2<sup>-1074</sup>. */
  private static final int MIN_EXPONENT = Double.MIN_EXPONENT + 1 - Double.PRECISION;

  // Where the smallest double is shifted left beyond a word, so are all, and a coarser step than
  // the largest double leaves nothing of any: a binary point further out makes no difference.
  private static final int MAX_FRACTION_BITS = -MIN_EXPONENT + 2 * Long.SIZE;
  private static final int MIN_FRACTION_BITS =
      -Double.MAX_EXPONENT - Double.PRECISION - 2 - 2 * Long.SIZE;

  /**
   * Returns the cast of lanes of numbers into a format.
   *
   * @param number {@link Container#DOUBLE}, or {@link Container#FLOAT} where the target has at most
   *     32 bits
   * @param target the format
   */
  public static FromFloatCast of(Container number, FixedFormat target) {
    boolean single = number == Container.FLOAT;
    int precision = single ? Float.PRECISION : Double.PRECISION;
    int maxExponent = single ? Float.MAX_EXPONENT : Double.MAX_EXPONENT;
    int far = precision + 2;
    int fractionBits =
        Math.clamp(target.fractionBits(), MIN_FRACTION_BITS, MAX_FRACTION_BITS);
    Rounding rounding = Rounding.of(target.quantization(), far);
    BigInteger smallest = target.minKeptRaw();
    BigInteger largest = target.maxKeptRaw();
    double low = number(Bisection.first(ordinal(-Double.MAX_VALUE), BigInteger.ZERO,
        o -> quantize(number(o), fractionBits, target).compareTo(smallest) >= 0));
    double high = number(Bisection.last(BigInteger.ZERO, ordinal(Double.MAX_VALUE),
        o -> quantize(number(o), fractionBits, target).compareTo(largest) <= 0));
    OverflowRecipe overflow = OverflowRecipe.of(target, true);
    boolean infinite = !target.overflow().wraps();
    int shiftOfExponentZero = maxExponent + precision - 1 - fractionBits;
    return new FromFloatCast(
        number,
        precision,
        single
            ? Float.floatToRawIntBits(Float.POSITIVE_INFINITY)
            : Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
        far,
        fractionBits,
        rounding.base().longValue(),
        rounding.signTerm().longValue(),
        rounding.oddTerm().longValue(),
        single ? smallestFloat(low) : low,
        single ? -smallestFloat(-high) : high,
        infinite,
        overflow,
        rounding.signTerm().compareTo(BigInteger.ONE) > 0,
        !infinite || target.width() >= precision || shiftOfExponentZero <= 1,
        overflow.needsLostBit(),
        shiftOfExponentZero);
  }

  /** Returns the smallest float that is not below a number. */
  private static float smallestFloat(double number) {
    float nearest = (float) number;
    return nearest < number ? Math.nextUp(nearest) : nearest;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if this is the cast of floats, which one by one are doubles
   */
  @Override
  public ScalarCast scalar() {
    if (number != Container.DOUBLE) {
      throw new IllegalStateException("a cast of lanes of " + number + " has no scalar twin");
    }
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
