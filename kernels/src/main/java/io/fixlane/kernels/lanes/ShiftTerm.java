package io.fixlane.kernels.lanes;

/**
 * A term of a K-hot word in a byte, plus or minus 2<sup>shift</sup>, or none at all:
 *
 * <pre>
 *   bit   7          6         5 ... 0
 *         negative   present   shift
 * </pre>
 *
 * <p>In a lane that the byte is sign-extended into, the low bits are the count that a shift takes,
 * which ignores the others, and the sign is the term's. An absent term is 0.
 */
public final class ShiftTerm {
  /** The bit of a term that is there. */
  public static final int PRESENT_BIT = 6;
  private static final int NEGATIVE_BIT = 7;
  private static final int SHIFT_MASK = (1 << PRESENT_BIT) - 1;

  private ShiftTerm() {}

  /** Returns the byte of a term; of its shift only the low 6 bits count. */
  public static byte code(boolean negative, int shift) {
    return (byte) ((negative ? 1 << NEGATIVE_BIT : 0) | 1 << PRESENT_BIT | shift & SHIFT_MASK);
  }

  /** Returns whether the byte is a term, and not the absence of one. */
  public static boolean isPresent(byte code) {
    return (code & 1 << PRESENT_BIT) != 0;
  }

  /** Returns whether the term is subtracted. */
  public static boolean isNegative(byte code) {
    return code < 0;
  }

  /** Returns the term's exponent. */
  public static int shift(byte code) {
    return code & SHIFT_MASK;
  }

  /** Returns x times the term. */
  public static long times(long x, byte code) {
    long shifted = isPresent(code) ? x << shift(code) : 0;
    return isNegative(code) ? -shifted : shifted;
  }
}
