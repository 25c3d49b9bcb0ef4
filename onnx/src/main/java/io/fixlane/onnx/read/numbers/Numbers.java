package io.fixlane.onnx.read.numbers;

import io.fixlane.files.Memory;
import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Exact numbers, one for each of some channels or one for all: integers x
 * 2<sup>-fractionBits</sup>.
 *
 * @param fractionBits the bits below the binary point
 * @param words the integers
 * @param format the format that a Quant gives them; null of what is computed from them
 */
public record Numbers(int fractionBits, BigInteger[] words, @Nullable FixedFormat format) {
  /** Of a reference and an integer, copied once. */
  private static final long BYTES_OF_NUMBER = 128;
  private static final int SIGNIFICAND_BITS = 23;

  /** Returns the numbers that floats are, which must be finite. */
  public static Numbers of(float... values) {
    int least = 0;
    for (float value : values) {
      least = value == 0 ? least : Math.max(least, SIGNIFICAND_BITS - Math.getExponent(value));
    }
    BigInteger[] words = new BigInteger[values.length];
    for (int i = 0; i < words.length; i++) {
      int bits = Float.floatToIntBits(values[i]);
      int exponent = Math.max(Math.getExponent(values[i]), Float.MIN_EXPONENT);
      boolean normal = Math.abs(values[i]) >= Float.MIN_NORMAL;
      long significand = bits & (1 << SIGNIFICAND_BITS) - 1 | (normal ? 1 << SIGNIFICAND_BITS : 0);
      words[i] = BigInteger.valueOf(bits < 0 ? -significand : significand)
          .shiftLeft(Math.max(0, exponent - SIGNIFICAND_BITS + least));
    }
    return new Numbers(least, words, null).narrowed();
  }

  /** Returns the numbers of words. */
  public static Numbers of(FixedFormat format, long... words) {
    return new Numbers(format.fractionBits(),
        Arrays.stream(words).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new), format);
  }

  /** Returns the same numbers with as few bits below the binary point as there can be. */
  private Numbers narrowed() {
    int zeros = Integer.MAX_VALUE;
    for (BigInteger word : words) {
      zeros = word.signum() == 0 ? zeros : Math.min(zeros, word.getLowestSetBit());
    }
    int shift = zeros == Integer.MAX_VALUE ? fractionBits : zeros;
    return shift == 0
        ? this
        : new Numbers(fractionBits - shift, map(word -> word.shiftRight(shift)), null);
  }

  private BigInteger[] map(UnaryOperator<BigInteger> function) {
    return Arrays.stream(words).map(function).toArray(BigInteger[]::new);
  }

  private Numbers with(Numbers other, int newFractionBits, int shift, int otherShift,
      BinaryOperator<BigInteger> function) {
    BigInteger[] all = new BigInteger[Math.max(words.length, other.words.length)];
    for (int i = 0; i < all.length; i++) {
      all[i] = function.apply(words[words.length == 1 ? 0 : i].shiftLeft(shift),
          other.words[other.words.length == 1 ? 0 : i].shiftLeft(otherShift));
    }
    return new Numbers(newFractionBits, all, null);
  }

  /** Returns the double that is nearest to a number. */
  public double value(int place) {
    return Math.scalb(words[place].doubleValue(), -fractionBits);
  }

  /** Returns whether all are 0. */
  public boolean isZero() {
    return Arrays.stream(words).allMatch(word -> word.signum() == 0);
  }

  /** Returns the sums. */
  public Numbers plus(Numbers other) {
    int most = Math.max(fractionBits, other.fractionBits);
    return with(other, most, most - fractionBits, most - other.fractionBits, BigInteger::add);
  }

  /** Returns the products. */
  public Numbers times(Numbers other) {
    return with(other, fractionBits + other.fractionBits, 0, 0, BigInteger::multiply);
  }

  /** Returns the opposites. */
  public Numbers negated() {
    return new Numbers(fractionBits, map(BigInteger::negate), null);
  }

  /** Returns one over each; null where one is no power of two. */
  @Nullable
  public Numbers inverted() {
    int most = 0;
    for (BigInteger word : words) {
      if (word.abs().bitCount() != 1) {
        return null;
      }
      most = Math.max(most, word.abs().getLowestSetBit());
    }
    int bits = most;
    return new Numbers(bits - fractionBits,
        map(word -> BigInteger.valueOf(word.signum()).shiftLeft(bits - word.getLowestSetBit())),
        null);
  }

  /** Returns one number for each of some channels. */
  public Numbers spread(int channels) throws OnnxException {
    return words.length == channels ? this : picked(channels, _ -> 0);
  }

  /** Requires memory for so many numbers, of which a file can ask for more than it has. */
  public static void requireRoom(long count) throws OnnxException {
    try {
      Memory.require("a number for each of " + count + " channels", BYTES_OF_NUMBER * count);
    } catch (Memory.ShortOfMemoryException e) {
      throw new OnnxException(e.getMessage(), e);
    }
  }

  /** Returns the numbers of other places, in their order. */
  public Numbers picked(int count, IntUnaryOperator place) throws OnnxException {
    requireRoom(count);
    BigInteger[] all = new BigInteger[count];
    Arrays.setAll(all, i -> words[place.applyAsInt(i)]);
    return new Numbers(fractionBits, all, format);
  }

  /** Returns the smallest integer. */
  public BigInteger least() {
    return Arrays.stream(words).reduce(BigInteger::min).orElseThrow();
  }

  /** Returns the largest integer. */
  public BigInteger most() {
    return Arrays.stream(words).reduce(BigInteger::max).orElseThrow();
  }

  /**
   * Returns the numbers as words: of the format that they have, or of the narrowest.
   *
   * @throws OnnxException if they take more than 64 bits
   */
  public FixedTensor tensor() throws OnnxException {
    if (format == null) {
      Numbers narrow = narrowed();
      FixedFormat narrowest =
          new Range(narrow.fractionBits, narrow.least(), narrow.most()).format();
      return new Numbers(narrow.fractionBits, narrow.words, narrowest).tensor();
    }
    FixedTensor tensor = FixedTensor.allocate(format, words.length);
    for (int i = 0; i < words.length; i++) {
      tensor.setRaw(i, words[i].longValue());
    }
    return tensor;
  }
}
