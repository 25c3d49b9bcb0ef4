package io.fixlane.cli.cast;

/**
 * The weights of a word's bits: from 2<sup>high</sup> down to 2<sup>low</sup>.
 *
 * @param high the exponent of the most significant bit's weight
 * @param low the exponent of the least significant bit's weight
 */
record Weights(long high, long low) {
  static Weights of(int width, long fractionBits) {
    return new Weights(width - 1 - fractionBits, -fractionBits);
  }

  boolean contains(long weight) {
    return low <= weight && weight <= high;
  }

  boolean meets(Weights other) {
    return other.low <= high && low <= other.high;
  }

  /** Returns whether the binary point stands left of one of the bits. */
  boolean hasPoint() {
    return low < 0 && high >= -1;
  }

  @Override
  public String toString() {
    return high == low ? "2^" + high : "2^" + high + " .. 2^" + low;
  }
}
