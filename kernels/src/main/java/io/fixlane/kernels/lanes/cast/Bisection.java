package io.fixlane.kernels.lanes.cast;

import java.math.BigInteger;
import java.util.function.Predicate;

/** Where a monotone condition changes. */
final class Bisection {
  private Bisection() {}

  /**
   * Returns the first integer in from..to that meets a condition; {@code to} meets it, and so does
   * all above the first.
   */
  static BigInteger first(BigInteger from, BigInteger to, Predicate<BigInteger> condition) {
    BigInteger lower = from;
    BigInteger upper = to;
    while (lower.compareTo(upper) < 0) {
      BigInteger middle = lower.add(upper).shiftRight(1);
      if (condition.test(middle)) {
        upper = middle;
      } else {
        lower = middle.add(BigInteger.ONE);
      }
    }
    return lower;
  }

  /**
   * Returns the last integer in from..to that meets a condition; {@code from} meets it, and so does
   * all below the last.
   */
  static BigInteger last(BigInteger from, BigInteger to, Predicate<BigInteger> condition) {
    return first(to.negate(), from.negate(), v -> condition.test(v.negate())).negate();
  }
}
