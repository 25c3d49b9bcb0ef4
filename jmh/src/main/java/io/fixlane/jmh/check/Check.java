package io.fixlane.jmh.check;

import io.fixlane.reference.Fixed;

/** What a benchmark asserts of its results before it is timed. */
public final class Check {
  private Check() {}

  public static void equal(long index, Fixed expected, Fixed got) {
    if (!expected.equals(got)) {
      throw new IllegalStateException(
          "word " + index + " is " + got + ": the reference gives " + expected);
    }
  }
}
