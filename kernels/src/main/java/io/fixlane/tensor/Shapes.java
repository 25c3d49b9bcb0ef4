package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import java.util.Arrays;

/** What tensors check of a shape. */
final class Shapes {
  private Shapes() {}

  /**
   * Returns the number of words of a shape: the product of its dimensions, 1 where there are none.
   */
  static long size(int[] shape) {
    boolean empty = false;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "shape is " + Arrays.toString(shape) + ": a dimension must be at least 0");
      }
      empty |= dimension == 0;
    }
    if (empty) {
      return 0;
    }
    try {
      return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape is " + Arrays.toString(shape) + ": it must hold at most 2^63 - 1 words", e);
    }
  }

  /** Returns the place of a word in row-major order. */
  static long place(int[] shape, int[] index) {
    long place = 0;
    boolean inside = index.length == shape.length;
    for (int i = 0; inside && i < index.length; i++) {
      inside = index[i] >= 0 && index[i] < shape[i];
      place = place * shape[i] + index[i];
    }
    if (!inside) {
      throw new IndexOutOfBoundsException(
          "index " + Arrays.toString(index) + " lies outside shape " + Arrays.toString(shape));
    }
    return place;
  }

  /** Requires memory to have exactly the words of a shape, each of {@code wordBytes} bytes. */
  static void requireBytes(String name, long bytes, int[] shape, int wordBytes) {
    long size = size(shape);
    if (bytes % wordBytes != 0) {
      throw new IllegalArgumentException(
          name + " has " + bytes + " bytes: it must have words of " + wordBytes + " bytes");
    }
    requireWords(name, bytes / wordBytes, shape, size);
  }

  static void requireWords(String name, long words, int[] shape, long size) {
    if (words != size) {
      throw new IllegalArgumentException(
          name + " has " + words + " words: shape " + Arrays.toString(shape) + " holds " + size);
    }
  }

  static void requireSame(
      String name, FixedFormat format, int[] shape, FixedFormat mustFormat, int[] mustShape) {
    if (!format.equals(mustFormat) || !Arrays.equals(shape, mustShape)) {
      throw new IllegalArgumentException(
          name + " is " + format + " " + Arrays.toString(shape) + ": it must be " + mustFormat + " "
              + Arrays.toString(mustShape));
    }
  }
}
