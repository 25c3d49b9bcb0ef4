package io.fixlane.jmh;

import io.fixlane.reference.Fixed;

/** What a benchmark asserts of its results before it is timed. */
final class Check {
  private Check() {}

  static void equal(long index, Fixed expected, Fixed got) {
    if (!expected.equals(got)) {
      throw new IllegalStateException(
          "word " + index + " is " + got + ": the reference gives " + expected);
    }
  }
}
