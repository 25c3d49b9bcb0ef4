package io.fixlane.onnx.write;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;

/**
 * A tensor of 64-bit integers, each of which stands for integer x 2<sup>-fractionBits</sup>.
 *
 * @param tensor its name
 * @param fractionBits the bits below the binary point
 * @param low a lower bound of the integers
 * @param high an upper bound of them
 */
record Words(String tensor, int fractionBits, BigInteger low, BigInteger high) {
  /** Returns words of a format. */
  static Words of(String tensor, FixedFormat format) {
    return new Words(tensor, format.fractionBits(), format.minRaw(), format.maxRaw());
  }

  /** Returns the largest magnitude. */
  BigInteger magnitude() {
    return low.abs().max(high.abs());
  }

  /** Returns a number of bits L with every magnitude below 2<sup>L</sup>. */
  int bits() {
    return magnitude().bitLength();
  }

  /** Returns the same words under another name. */
  Words renamed(String name) {
    return new Words(name, fractionBits, low, high);
  }
}
