package io.fixlane.cli.conform;

import io.fixlane.cli.text.ExactText;
import io.fixlane.conformance.Word;
import io.fixlane.reference.Fixed;

/** A word as a person reads it: its bits and its value. */
final class WordText {
  private static final int EXPONENT_BITS = 11;

  private WordText() {}

  /**
   * Returns all bits, with the binary point where it lies among them, or sign, exponent and
   * fraction of a double.
   */
  static String bits(Word word) {
    if (!word.type().isDouble()) {
      return new Fixed(word.type().fixed(), word.raw()).toBits();
    }
    String digits = word.raw().toString(2);
    String bits = "0".repeat(Double.SIZE - digits.length()) + digits;
    return bits.charAt(0) + "_" + bits.substring(1, 1 + EXPONENT_BITS) + "_"
        + bits.substring(1 + EXPONENT_BITS);
  }

  /** Returns the value: exact where that is short. */
  static String value(Word word) {
    return word.type().isDouble()
        ? Double.toString(Double.longBitsToDouble(word.raw().longValue()))
        : ExactText.value(word.raw(), word.type().fixed().fractionBits());
  }
}
