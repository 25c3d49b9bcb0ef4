package io.fixlane.hardware.circuit;

import io.fixlane.hardware.circuit.Operation.DivideStep;
import io.fixlane.hardware.circuit.Operation.Dividend;
import io.fixlane.hardware.circuit.Operation.Quotient;
import java.math.BigInteger;

/** Quotients by a positive value, for a cast with one rounding. */
public final class Division {
  private Division() {}

  /**
   * Returns the quotient of a number and a divisor, to two bits below the last place of a format:
   * its floor, whose lowest bit is set where anything is left. A cast of that into the format gives
   * what a cast of the exact quotient does.
   *
   * @param number the dividend
   * @param divisor the divisor, an integer above 0
   * @param fractionBits the fraction bits of the format
   */
  public static Scaled divide(Circuit circuit, Scaled number, Value divisor, int fractionBits) {
    Value a = number.value();
    Range divisors = divisor.range();
    if (divisors.isConstant() && divisors.low().bitCount() == 1) {
      return new Scaled(a, number.fractionBits() + divisors.low().getLowestSetBit());
    }
    int shift = fractionBits + 2 - number.fractionBits();
    int dropped = Math.min(Math.max(-shift, 0), a.width());
    int zeros = Math.max(shift, 0);
    Range magnitude = magnitude(a.range(), dropped, zeros);
    int bits = magnitude.width();
    Value state = circuit.value(new Dividend(a, dropped, zeros), magnitude);
    Range states = Range.ofBits(false, bits + divisors.width());
    for (int i = 0; i < bits; i++) {
      state = circuit.value(new DivideStep(state, divisor, bits), states);
    }
    Range quotients = a.range().signed()
        ? Range.ofBits(true, bits + 1)
        : Range.ofBits(false, bits);
    return new Scaled(
        circuit.value(new Quotient(state, divisor, a, dropped, bits), quotients),
        fractionBits + 2);
  }

  private static Range magnitude(Range range, int dropped, int zeros) {
    BigInteger low = range.low().shiftRight(dropped).shiftLeft(zeros);
    BigInteger high = range.high().shiftRight(dropped).shiftLeft(zeros);
    return new Range(BigInteger.ZERO, low.signum() < 0 ? high.max(low.not()) : high);
  }
}
