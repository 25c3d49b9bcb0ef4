package io.fixlane.onnx.write;

import io.fixlane.reference.Fixed;
import java.math.BigInteger;

/** What numbers lie between that are computed of others, without nodes that compute them. */
final class Bounds {
  private Bounds() {}

  /** Returns the bounds of max(x, 0). */
  static Words relu(Words x) {
    return new Words(x.tensor(), x.fractionBits(), x.low().max(BigInteger.ZERO),
        x.high().max(BigInteger.ZERO));
  }

  /** Returns the bounds of averages, of zeros too. */
  static Words average(Words x) {
    // An average has any fraction, and lies between bounds that have none more.
    return new Words(x.tensor(), x.fractionBits(), x.low().min(BigInteger.ZERO),
        x.high().max(BigInteger.ZERO));
  }

  /** Returns the bounds of x with slope x in the place of a negative x. */
  static Words leaky(Words x, Fixed slope) {
    Words scaled = product(new Words(x.tensor(), x.fractionBits(), x.low().min(BigInteger.ZERO),
        x.high().min(BigInteger.ZERO)), slope.format().fractionBits(), slope.raw());
    return either(scaled, relu(x));
  }

  private static Words aligned(Words x, int fractionBits) {
    int shift = fractionBits - x.fractionBits();
    return new Words(
        x.tensor(), fractionBits, x.low().shiftLeft(shift), x.high().shiftLeft(shift));
  }

  /** Returns bounds of both of two. */
  static Words either(Words x, Words y) {
    int most = Math.max(x.fractionBits(), y.fractionBits());
    Words a = aligned(x, most);
    Words b = aligned(y, most);
    return new Words(x.tensor(), most, a.low().min(b.low()), a.high().max(b.high()));
  }

  /** Returns the bounds of x + y. */
  static Words sum(Words x, Words y) {
    int most = Math.max(x.fractionBits(), y.fractionBits());
    Words a = aligned(x, most);
    Words b = aligned(y, most);
    return new Words(x.tensor(), most, a.low().add(b.low()), a.high().add(b.high()));
  }

  /** Returns the bounds of products with some numbers. */
  static Words product(Words x, int fractionBits, BigInteger... numbers) {
    BigInteger low = null;
    BigInteger high = null;
    for (BigInteger number : numbers) {
      BigInteger one = x.low().multiply(number);
      BigInteger other = x.high().multiply(number);
      low = low == null ? one.min(other) : low.min(one.min(other));
      high = high == null ? one.max(other) : high.max(one.max(other));
    }
    return new Words(x.tensor(), x.fractionBits() + fractionBits,
        low == null ? BigInteger.ZERO : low, high == null ? BigInteger.ZERO : high);
  }

  /** Returns the bounds of sums with some numbers. */
  static Words sum(Words x, int fractionBits, BigInteger... numbers) {
    BigInteger low = numbers[0];
    BigInteger high = numbers[0];
    for (BigInteger number : numbers) {
      low = low.min(number);
      high = high.max(number);
    }
    return sum(x, new Words(x.tensor(), fractionBits, low, high));
  }
}
