package io.fixlane.shape;

/** The checks that images and windows share. */
final class Sizes {
  private Sizes() {}

  static void positive(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(name + " is " + size + ": it must be positive");
    }
  }

  static void notNegative(String name, int size) {
    if (size < 0) {
      throw new IllegalArgumentException(name + " is " + size + ": it must not be negative");
    }
  }

  /** Requires an int to count the words of an image. */
  static void countable(String name, int rows, int columns, int channels) {
    if ((long) rows * columns > Integer.MAX_VALUE / channels) {
      throw new IllegalArgumentException("the " + name + " has " + rows + " x " + columns
          + " pixels of " + channels + " channels: it must have at most " + Integer.MAX_VALUE
          + " words in all");
    }
  }
}
