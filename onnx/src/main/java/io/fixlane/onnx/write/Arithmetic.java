package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fixlane.onnx.OnnxException;
import java.math.BigInteger;
import java.util.List;

/** Exact arithmetic of words in a graph: what 64 bits may not hold is refused. */
final class Arithmetic {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  /** The largest shift whose power of two is a 64-bit integer. */
  private static final int MOST_SHIFT = 62;

  private final GraphText graph;

  Arithmetic(GraphText graph) {
    this.graph = graph;
  }

  GraphText graph() {
    return graph;
  }

  /** Returns a number as a 64-bit integer. */
  static long exact(BigInteger number) throws OnnxException {
    if (number.compareTo(LEAST) < 0 || number.compareTo(MOST) > 0) {
      throw new OnnxException("a number reaches " + number
          + ": words are written as integers of 64 bits, which hold " + LEAST + " to " + MOST);
    }
    return number.longValueExact();
  }

  /** Returns whether words between two bounds are 64-bit integers. */
  static boolean fits(BigInteger low, BigInteger high) {
    return low.compareTo(LEAST) >= 0 && high.compareTo(MOST) <= 0;
  }

  /** Returns words that a node gives, which 64 bits must hold. */
  Words words(String tensor, int fractionBits, BigInteger low, BigInteger high)
      throws OnnxException {
    exact(low);
    exact(high);
    return new Words(tensor, fractionBits, low, high);
  }

  String constant(BigInteger number) throws OnnxException {
    return graph.constant(exact(number));
  }

  /** Returns a constant, one number for each of the last dimension. */
  String list(BigInteger... numbers) throws OnnxException {
    long[] longs = new long[numbers.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = exact(numbers[i]);
    }
    return graph.constant(TensorProto.DataType.INT64, longs, longs.length);
  }

  static BigInteger power(int exponent) {
    return BigInteger.ONE.shiftLeft(exponent);
  }

  /** Returns words with more bits below the binary point, the same in value. */
  Words aligned(Words x, int fractionBits) throws OnnxException {
    int shift = Math.subtractExact(fractionBits, x.fractionBits());
    if (shift == 0) {
      return x;
    }
    if (shift > MOST_SHIFT) {
      throw new OnnxException("a word is shifted by " + shift
          + " bits: words are written as integers of 64 bits");
    }
    return words(graph.node("Mul", x.tensor(), constant(power(shift))), fractionBits,
        x.low().shiftLeft(shift), x.high().shiftLeft(shift));
  }

  /** Returns x + y. */
  Words sum(Words x, Words y) throws OnnxException {
    int fractionBits = Math.max(x.fractionBits(), y.fractionBits());
    Words a = aligned(x, fractionBits);
    Words b = aligned(y, fractionBits);
    return words(graph.node("Add", a.tensor(), b.tensor()), fractionBits, a.low().add(b.low()),
        a.high().add(b.high()));
  }

  /** Returns max(x, 0). */
  Words relu(Words x) {
    return x.low().signum() >= 0
        ? x
        : new Words(isNarrow(x)
            ? graph.node("Max", x.tensor(), graph.constant(0))
            : where(negative(x), graph.constant(0), x.tensor()),
            x.fractionBits(), BigInteger.ZERO, x.high().max(BigInteger.ZERO));
  }

  /**
   * Returns whether words have 32 bits at most: on processors with vectors of 512 bits, Clip and
   * Max of ONNX Runtime 1.23.2 give wrong integers where some are wider.
   */
  static boolean isNarrow(Words x) {
    return x.bits() < Integer.SIZE - 1;
  }

  /** Returns the integers between two bounds that are nearest to those of x. */
  Words clipped(Words x, BigInteger least, BigInteger most) throws OnnxException {
    if (x.low().compareTo(least) >= 0 && x.high().compareTo(most) <= 0) {
      return x;
    }
    String low = constant(least);
    String high = constant(most);
    boolean narrow = isNarrow(x)
        && Math.max(least.bitLength(), most.bitLength()) < Integer.SIZE - 1;
    String clipped = narrow
        ? graph.node("Clip", x.tensor(), low, high)
        : where(graph.node("Less", x.tensor(), low), low,
            where(graph.node("Greater", x.tensor(), high), high, x.tensor()));
    return words(clipped, x.fractionBits(), x.low().max(least).min(most),
        x.high().max(least).min(most));
  }

  /** Returns x mod 2<sup>bits</sup>, never negative. */
  Words modulo(Words x, int bits) throws OnnxException {
    if (bits > MOST_SHIFT) {
      if (x.low().signum() >= 0) {
        return x;
      }
      throw new OnnxException("words of " + bits
          + " bits wrap around: words that do are written up to " + MOST_SHIFT + " bits");
    }
    return x.low().signum() >= 0 && x.high().bitLength() <= bits
        ? x
        : new Words(graph.node("Mod", x.tensor(), constant(power(bits))), x.fractionBits(),
            BigInteger.ZERO, power(bits).subtract(BigInteger.ONE));
  }

  /** Returns floor(x / 2<sup>bits</sup>), the binary point where it is. */
  Words shiftedRight(Words x, int bits) throws OnnxException {
    if (bits == 0) {
      return x;
    }
    if (bits > MOST_SHIFT) {
      return new Words(where(negative(x), graph.constant(-1), graph.constant(0)),
          x.fractionBits(), BigInteger.ONE.negate(), BigInteger.ZERO);
    }
    String power = constant(power(bits));
    return new Words(floor(x.tensor(), power), x.fractionBits(), x.low().shiftRight(bits),
        x.high().shiftRight(bits));
  }

  /** Returns floor(x / d) for a positive d: the quotient of what is left without the remainder. */
  private String floor(String x, String divisor) {
    String rest = graph.node("Mod", x, divisor);
    return graph.node("Div", graph.node("Sub", x, rest), divisor);
  }

  /** Returns floor(x / d), the binary point where it is. */
  Words floor(Words x, Divisor d) {
    return quotient(floor(x.tensor(), d.whole()), x, d);
  }

  /** Returns x / d without its fraction, the binary point where it is. */
  Words truncated(Words x, Divisor d) {
    return quotient(graph.node("Div", x.tensor(), d.whole()), x, d);
  }

  private static Words quotient(String tensor, Words x, Divisor d) {
    BigInteger low = x.low().divide(x.low().signum() < 0 ? d.least() : d.most());
    BigInteger high = x.high().divide(x.high().signum() < 0 ? d.most() : d.least());
    return new Words(tensor, x.fractionBits(), low.subtract(BigInteger.ONE),
        high.max(BigInteger.ZERO));
  }

  /** Returns the divisor 2<sup>bits</sup>, of one bit at least. */
  Divisor powerOfTwo(int bits) throws OnnxException {
    BigInteger whole = power(bits);
    BigInteger half = whole.shiftRight(1);
    return new Divisor(constant(whole), constant(half), constant(half.subtract(BigInteger.ONE)),
        whole, whole);
  }

  /** Returns a bit of each word, counted from the lowest, as 0 or 1. */
  String bit(Words x, int place) throws OnnxException {
    return graph.node("Mod", shiftedRight(x, place).tensor(), graph.constant(2));
  }

  /** Returns whether each word is negative, as a tensor of truths. */
  String negative(Words x) {
    return graph.node("Less", x.tensor(), graph.constant(0));
  }

  /** Returns of each place one or the other. */
  String where(String condition, String one, String other) {
    return graph.node("Where", List.of(condition, one, other));
  }

  String add(String x, String y) {
    return graph.node("Add", x, y);
  }

  String subtract(String x, String y) {
    return graph.node("Sub", x, y);
  }

  String equal(String x, String y) {
    return graph.node("Equal", x, y);
  }
}
