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

  static int require(String name, int value, int min) {
    if (value < min) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be at least " + min);
    }
    return value;
  }
}
