package io.fixlane.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that the reference loops share. */
final class Operands {
  private Operands() {}

  static void requireSize(String name, @Nullable List<?> values, long size) {
    if (values != null && values.size() != size) {
      throw new IllegalArgumentException(
          name + " has " + values.size() + " values: it must have " + size);
    }
  }

  /** Requires places in a padded image to be ints. */
  static void requirePadded(String name, int padding, int size) {
    if (size + 2L * padding > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " is " + padding
          + ": the padded image must have at most " + Integer.MAX_VALUE + " rows and columns");
    }
  }

  static int require(String name, int value, int min) {
    if (value < min) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be at least " + min);
    }
    return value;
  }
}
