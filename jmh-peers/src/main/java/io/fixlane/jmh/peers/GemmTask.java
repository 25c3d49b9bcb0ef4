package io.fixlane.jmh.peers;

import io.fixlane.format.FixedFormat;
import io.fixlane.jmh.check.RandomWords;
import io.fixlane.kernels.Cast;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A product of matrices that all libraries compute: activations of 8 bits, m x k, by weights of
 * 8 bits, k x n.
 *
 * <p>The binary points make every scale a power of two, so that scaling in float rounds nothing,
 * and ties are rounded to even, as libraries do.
 */
final class GemmTask {
  /** What sums are cast into. */
  static final FixedFormat OUTPUT = FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");

  /** What the weights are words of. */
  static final FixedFormat WEIGHT = FixedFormat.parse("ap_fixed<8,1>");

  // Sums in float are exact below this, in any order.
  private static final long EXACT_FLOAT = 1 << Float.PRECISION;

  final FixedFormat activation;
  final int m;
  final int k;
  final int n;
  final FixedTensor a;
  final FixedTensor weights;
  final FixedTensor bias;

  /**
   * Makes the operands.
   *
   * @param signed whether activations are signed
   * @param shape m x k x n, as text
   */
  GemmTask(boolean signed, String shape) {
    String[] sizes = shape.split("x");
    m = Integer.parseInt(sizes[0]);
    k = Integer.parseInt(sizes[1]);
    n = Integer.parseInt(sizes[2]);
    activation = FixedFormat.parse(signed ? "ap_fixed<8,3>" : "ap_ufixed<8,3>");
    a = RandomWords.skewed(activation, 1, m, k);
    weights = RandomWords.uniform(WEIGHT, 2, k, n);
    bias = RandomWords.uniform(activation.times(WEIGHT), 3, n);
  }

  /** Returns how many products there are. */
  long macs() {
    return (long) m * k * n;
  }

  boolean signed() {
    return activation.signed();
  }

  byte[] activationBytes() {
    return a.segment().toArray(ValueLayout.JAVA_BYTE);
  }

  byte[] weightBytes() {
    return weights.segment().toArray(ValueLayout.JAVA_BYTE);
  }

  /** Returns the activations as whole numbers. */
  float[] activationFloats() {
    return floats(a);
  }

  /** Returns the weights as whole numbers. */
  float[] weightFloats() {
    return floats(weights);
  }

  /** Returns the bias in units of a sum. */
  float[] biasFloats() {
    return floats(bias);
  }

  private static float[] floats(FixedTensor words) {
    float[] numbers = new float[Math.toIntExact(words.size())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = words.raw(i);
    }
    return numbers;
  }

  /** Returns the exact sums of products, m x n. */
  int[] sums() {
    PlainGemm plain = new PlainGemm(this);
    plain.run();
    return plain.sums();
  }

  /**
   * Returns the sums as floats.
   *
   * @throws IllegalStateException if a sum might need more bits than a float has
   */
  float[] floatSums() {
    for (int row = 0; row < m; row++) {
      long bound = 0;
      for (int i = 0; i < k; i++) {
        bound += Math.abs(a.raw((long) row * k + i)) << WEIGHT.width() - 1;
      }
      if (bound > EXACT_FLOAT) {
        throw new IllegalStateException(
            "row " + row + ": sums may need more bits than a float has");
      }
    }
    int[] sums = sums();
    float[] numbers = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      numbers[i] = sums[i];
    }
    return numbers;
  }

  /** Returns the sums as {@link PairSaturation} makes them, m x n. */
  int[] saturatedSums() {
    byte[] rows = activationBytes();
    byte[] columns = weightBytes();
    int[] sums = new int[m * n];
    Arrays.setAll(sums,
        i -> PairSaturation.sum(signed(), rows, i / n * k, columns, i % n, n, k));
    return sums;
  }

  /** Returns the exact sums cast to {@link #OUTPUT}, m x n words. */
  byte[] words() {
    return cast(sums(), activation.times(WEIGHT));
  }

  /** Returns the exact sums with the bias, cast to {@link #OUTPUT}, m x n words. */
  byte[] biasedWords() {
    return cast(addBias(sums(), bias), activation.times(WEIGHT));
  }

  /** Returns what {@link #words} would be of {@link #saturatedSums}. */
  byte[] saturatedWords() {
    return cast(saturatedSums(), activation.times(WEIGHT));
  }

  /** Returns what {@link #biasedWords} would be of {@link #saturatedSums}. */
  byte[] saturatedBiasedWords() {
    return cast(addBias(saturatedSums(), bias), activation.times(WEIGHT));
  }

  /** Adds a bias to rows of sums, and returns them. */
  static int[] addBias(int[] sums, FixedTensor bias) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (int) bias.raw(i % bias.size());
    }
    return sums;
  }

  /** Casts sums of products of a format to words of {@link #OUTPUT}. */
  static byte[] cast(int[] sums, FixedFormat product) {
    FixedFormat sum =
        FixedFormat.signed(Integer.SIZE, Integer.SIZE - product.fractionBits());
    FixedTensor exact = FixedTensor.allocate(sum, sums.length);
    for (int i = 0; i < sums.length; i++) {
      exact.setRaw(i, sums[i]);
    }
    FixedTensor results = FixedTensor.allocate(OUTPUT, sums.length);
    Cast.of(sum, OUTPUT).run(exact, results);
    return results.segment().toArray(ValueLayout.JAVA_BYTE);
  }

  /** Returns what a sum is multiplied by to be in steps of the output: a power of two. */
  float outputScale() {
    return Math.scalb(1f, OUTPUT.fractionBits() - activation.times(WEIGHT).fractionBits());
  }
}
