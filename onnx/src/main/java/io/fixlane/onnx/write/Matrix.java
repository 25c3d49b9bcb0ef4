package io.fixlane.onnx.write;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fixlane.onnx.OnnxException;
import java.math.BigInteger;

/**
 * Weights as a matrix for each group of outputs.
 *
 * @param fractionBits the bits below the binary point
 * @param groups the groups
 * @param depth the products of an output
 * @param columns the outputs of a group
 * @param numbers the integers, groups x depth x columns
 */
record Matrix(int fractionBits, int groups, int depth, int columns, BigInteger[] numbers) {
  BigInteger at(int group, int k, int column) {
    return numbers[(group * depth + k) * columns + column];
  }

  /** Returns the smallest and the largest sum of the products of an output with words. */
  BigInteger[] bounds(int group, int column, Words x) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ZERO;
    for (int k = 0; k < depth; k++) {
      BigInteger w = at(group, k, column);
      BigInteger one = w.multiply(x.low());
      BigInteger other = w.multiply(x.high());
      // A tap outside of the image adds 0.
      low = low.add(one.min(other).min(BigInteger.ZERO));
      high = high.add(one.max(other).max(BigInteger.ZERO));
    }
    return new BigInteger[] {low, high};
  }

  /** Returns a bound of every sum of some of the products with words, and of the factors. */
  BigInteger magnitude(Words x) {
    BigInteger most = x.magnitude();
    for (int group = 0; group < groups; group++) {
      for (int column = 0; column < columns; column++) {
        BigInteger sum = BigInteger.ZERO;
        for (int k = 0; k < depth; k++) {
          BigInteger w = at(group, k, column).abs();
          most = most.max(w);
          sum = sum.add(w);
        }
        most = most.max(sum.multiply(x.magnitude()));
      }
    }
    return most;
  }

  /** Returns the same weights, an output after the other, as a convolution takes them. */
  Matrix byOutput() {
    BigInteger[] arranged = new BigInteger[numbers.length];
    int at = 0;
    for (int group = 0; group < groups; group++) {
      for (int column = 0; column < columns; column++) {
        for (int k = 0; k < depth; k++) {
          arranged[at++] = at(group, k, column);
        }
      }
    }
    return new Matrix(fractionBits, groups, depth, columns, arranged);
  }

  /** Returns the weights as a constant, whose type holds them exactly. */
  String constant(GraphText graph, TensorProto.DataType type, long... shape)
      throws OnnxException {
    long[] longs = new long[numbers.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = Arithmetic.exact(numbers[i]);
    }
    return graph.constant(type, longs, shape);
  }
}
