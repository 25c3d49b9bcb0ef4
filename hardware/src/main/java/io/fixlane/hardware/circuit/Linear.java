package io.fixlane.hardware.circuit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A value as a sum of others, the leaves, with coefficients, by which its range is known exactly:
 * (x &lt;&lt; 3) - x has the range of 7 x, where two operands that are not the same may have more.
 *
 * @param value the value
 * @param coefficients the coefficient of each leaf
 */
record Linear(Value value, Map<Integer, BigInteger> coefficients) {
  /** Returns a leaf alone. */
  static Linear of(int leaf, Value value) {
    return new Linear(value, Map.of(leaf, BigInteger.ONE));
  }

  /** Returns the sum of two, by an adder of a circuit. */
  static Linear add(Circuit circuit, List<Range> leaves, Linear a, Linear b, int shift,
      Operation.Signs signs) {
    Map<Integer, BigInteger> sum = new HashMap<>();
    a.coefficients.forEach(
        (leaf, c) -> sum.put(leaf, signs == Operation.Signs.FROM ? c.negate() : c));
    b.coefficients.forEach((leaf, c) -> sum.merge(
        leaf, (signs == Operation.Signs.MINUS ? c.negate() : c).shiftLeft(shift),
        BigInteger::add));
    Range range = Range.of(BigInteger.ZERO);
    for (Map.Entry<Integer, BigInteger> part : sum.entrySet()) {
      range = range.plus(leaves.get(part.getKey()).times(part.getValue()));
    }
    return new Linear(circuit.add(a.value, b.value, shift, signs, range), sum);
  }
}
