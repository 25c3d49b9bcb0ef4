package io.fixlane.hardware.circuit;

import io.fixlane.format.KHotTerm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Integers in canonical signed digits: -1, 0 and 1, of which no two neighbours are not 0, and the
 * fewest that can be (G. Reitwiesner, Binary Arithmetic, 1960).
 */
public final class Digits {
  private Digits() {}

  /** Returns the digits of an integer that are not 0, the lowest first. */
  public static List<KHotTerm> of(BigInteger integer) {
    List<KHotTerm> digits = new ArrayList<>();
    BigInteger rest = integer;
    for (int shift = 0; rest.signum() != 0; shift++) {
      if (rest.testBit(0)) {
        boolean negative = rest.testBit(1);
        digits.add(new KHotTerm(negative, shift));
        rest = negative ? rest.add(BigInteger.ONE) : rest.subtract(BigInteger.ONE);
      }
      rest = rest.shiftRight(1);
    }
    return digits;
  }
}
