package io.fixlane.onnx.read.words;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.read.numbers.Numbers;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;

/** Opposites of some channels. */
final class Negation {
  private Negation() {}

  /** Returns -1 for each of the channels, and 1 for the others. */
  static Numbers factors(boolean... channels) {
    BigInteger[] factors = new BigInteger[channels.length];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = channels[c] ? BigInteger.ONE.negate() : BigInteger.ONE;
    }
    return new Numbers(0, factors, null);
  }

  /** Returns the output that a weight is of: the last dimension of a matrix, else the first. */
  static int output(long place, FixedTensor weights, boolean dense, int outputs) {
    return (int) (dense ? place % outputs : place / (weights.size() / outputs));
  }

  /**
   * Returns weights with the opposites of those of some outputs, in their format or, where it does
   * not hold them, in the narrowest.
   */
  static FixedTensor of(FixedTensor weights, boolean dense, boolean... channels)
      throws OnnxException {
    BigInteger[] words = new BigInteger[Math.toIntExact(weights.size())];
    boolean fits = true;
    for (int i = 0; i < words.length; i++) {
      BigInteger raw = weights.value(i).raw();
      words[i] = channels[output(i, weights, dense, channels.length)] ? raw.negate() : raw;
      fits &= weights.format().keeps(words[i]);
    }
    return new Numbers(weights.format().fractionBits(), words, fits ? weights.format() : null)
        .tensor().reshape(weights.shape());
  }
}
