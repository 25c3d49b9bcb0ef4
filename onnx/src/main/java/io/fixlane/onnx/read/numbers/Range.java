package io.fixlane.onnx.read.numbers;

import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * What numbers lie between.
 *
 * @param fractionBits the bits below the binary point
 * @param low the smallest integer
 * @param high the largest
 */
public record Range(int fractionBits, BigInteger low, BigInteger high) {
  private static final int MOST_BITS = 64;

  /** Returns what words of a format lie between. */
  public static Range of(FixedFormat format) {
    return new Range(format.fractionBits(), format.minRaw(), format.maxRaw());
  }

  private Range with(int newFractionBits, BigInteger... all) {
    return new Range(newFractionBits, Arrays.stream(all).reduce(BigInteger::min).orElseThrow(),
        Arrays.stream(all).reduce(BigInteger::max).orElseThrow());
  }

  /** Returns the same range with other bits below the binary point, no fewer. */
  private Range aligned(int newFractionBits) {
    int shift = newFractionBits - fractionBits;
    return new Range(newFractionBits, low.shiftLeft(shift), high.shiftLeft(shift));
  }

  /** Returns what sums lie between. */
  public Range plus(Range other) {
    int most = Math.max(fractionBits, other.fractionBits);
    Range a = aligned(most);
    Range b = other.aligned(most);
    return new Range(most, a.low.add(b.low), a.high.add(b.high));
  }

  /** Returns what sums with any of some numbers lie between. */
  public Range plus(Numbers numbers) {
    return plus(new Range(numbers.fractionBits(), numbers.least(), numbers.most()));
  }

  /** Returns what products with any of some numbers lie between. */
  public Range times(Numbers numbers) {
    return with(fractionBits + numbers.fractionBits(), low.multiply(numbers.least()),
        low.multiply(numbers.most()), high.multiply(numbers.least()),
        high.multiply(numbers.most()));
  }

  /** Returns a range that holds both. */
  public Range or(Range other) {
    int most = Math.max(fractionBits, other.fractionBits);
    Range a = aligned(most);
    Range b = other.aligned(most);
    return new Range(most, a.low.min(b.low), a.high.max(b.high));
  }

  /** Returns the range with 0 for what is negative. */
  public Range relu() {
    return new Range(fractionBits, low.max(BigInteger.ZERO), high.max(BigInteger.ZERO));
  }

  /**
   * Returns the narrowest format of all words between.
   *
   * @throws OnnxException if it has more than 64 bits
   */
  public FixedFormat format() throws OnnxException {
    boolean signed = low.signum() < 0;
    int bits = Math.max(1, Math.max(low.bitLength(), high.bitLength()) + (signed ? 1 : 0));
    if (bits > MOST_BITS) {
      throw new OnnxException(
          "exact numbers take " + bits + " bits there: they must take " + MOST_BITS
              + " at most, and be cast by a Quant before they are more");
    }
    return signed
        ? FixedFormat.signed(bits, bits - fractionBits)
        : FixedFormat.unsigned(bits, bits - fractionBits);
  }
}
