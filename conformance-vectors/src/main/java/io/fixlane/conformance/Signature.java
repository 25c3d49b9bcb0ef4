package io.fixlane.conformance;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/**
 * Which lines a block has, and how many words stand in each. The words of x fall into runs; each
 * run of x takes a run of y and gives a run of z: one word for an elementwise operation, K pairs
 * and one sum for a dot product, and the whole of the operands for a layer.
 *
 * @param x words of x in a run
 * @param y words of y in a run, 0 where there is no y
 * @param z words of z in a run
 * @param layer whether there is just one run, and an accumulator format with it
 * @param bias words of the bias, which may be left out; 0 where there is none
 */
public record Signature(int x, int y, int z, boolean layer, int bias) {
  /**
   * The largest number of words in one line. A word of more than 64 bits counts once for each 64
   * bits, or part of them.
   */
  public static final int MAX_WORDS = 1 << 22;

  static final Signature ELEMENTWISE_UNARY = new Signature(1, 0, 1, false, 0);
  static final Signature ELEMENTWISE_BINARY = new Signature(1, 1, 1, false, 0);

  static Signature ofDot(int k) {
    return new Signature(k, k, 1, false, 0);
  }

  static Signature of(int m, int n, int k) {
    requirePositive("m", m);
    requirePositive("n", n);
    requirePositive("k", k);
    return new Signature(words("x", m, k), words("y", k, n), words("z", m, n), true, n);
  }

  static Signature of(ImageShape image, int outputs, Window window, int groups) {
    requirePositive("outputs", outputs);
    requirePositive("groups", groups);
    if (image.channels() % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException("groups is " + groups + ": it must divide the channels, "
          + image.channels() + ", and the outputs, " + outputs);
    }
    ImageShape output = window.output(image);
    return new Signature(
        words("x", image.size()),
        words("y", outputs, image.channels() / groups, window.kernelHeight(),
            window.kernelWidth()),
        words("z", outputs, output.height(), output.width()),
        true,
        outputs);
  }

  /** Returns whether a block has, or may have, a line. */
  boolean takes(LineKey line) {
    return switch (line) {
      case OP, X, Z -> true;
      case Y -> y > 0;
      case BIAS -> bias > 0;
      case ACC -> layer;
    };
  }

  /** Returns whether x may have {@code words} words. */
  boolean fitsX(int words) {
    return layer ? words == x : words > 0 && words % x == 0;
  }

  /** Returns how many words y has beside {@code xWords} words of x. */
  int yWords(int xWords) {
    return xWords / x * y;
  }

  /** Returns how many words z has beside {@code xWords} words of x. */
  int zWords(int xWords) {
    return xWords / x * z;
  }

  /** Returns how many words of a type one line holds. */
  static int maxWords(WordType type) {
    return MAX_WORDS / Math.ceilDiv(type.width(), Long.SIZE);
  }

  /**
   * Checks that the words of a line are no more than it holds.
   *
   * @throws IllegalArgumentException if they are
   */
  static void requireFitting(LineKey line, int words, WordType type) {
    if (words > maxWords(type)) {
      throw new IllegalArgumentException(
          line.text() + " would have " + words + " words of " + type + ": a line holds at most "
              + maxWords(type));
    }
  }

  static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
    }
  }

  private static int words(String line, int... sizes) {
    long words = 1;
    for (int size : sizes) {
      words *= size;
      if (words > MAX_WORDS) {
        throw new IllegalArgumentException(
            line + " would have more than " + MAX_WORDS + " words: make the sizes smaller");
      }
    }
    return (int) words;
  }
}
