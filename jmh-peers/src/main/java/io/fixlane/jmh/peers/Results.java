package io.fixlane.jmh.peers;

import java.util.Arrays;
import java.util.function.IntFunction;

/** What a peer gives against what it must give. */
final class Results {
  private Results() {}

  /** Checks words of 8 bits. */
  static void equal(byte[] expected, byte[] got) {
    report(Arrays.mismatch(expected, got), index -> expected[index] + ", not " + got[index]);
  }

  /** Checks words of 32 bits. */
  static void equal(int[] expected, int[] got) {
    report(Arrays.mismatch(expected, got), index -> expected[index] + ", not " + got[index]);
  }

  /** Checks floats that have no rounding: whole numbers below 2^24, or multiples of one step. */
  static void equal(float[] expected, float[] got) {
    for (int i = 0; i < expected.length; i++) {
      // Either zero is 0.
      if (expected[i] != got[i]) {
        report(i, index -> expected[index] + ", not " + got[index]);
      }
    }
    report(expected.length == got.length ? -1 : expected.length, index -> "the last");
  }

  /** Says which result is wrong; -1 where none is. */
  private static void report(int index, IntFunction<String> text) {
    if (index >= 0) {
      throw new IllegalStateException("result " + index + " must be " + text.apply(index));
    }
  }
}
