package io.fixlane.conformance;

/**
 * What the numbers of a dump stand for. Where two's complement is meant, more than W bits may stand
 * there if those above repeat the sign: {@code 0xfffffff5} is -11.
 */
public enum DumpNotation {
  /**
   * Decimals are values, which may have been rounded to their last digit, as C++'s streams do:
   * {@code 0.34375}, {@code 6.67572e-06}, {@code -4}. Integers behind {@code 0x}, {@code 0b} and
   * {@code 0o} are the W bits of a word.
   */
  VALUES,
  /** As {@link #VALUES}, but decimals are exact, and cast into the format by its own modes. */
  CAST,
  /** Integers are raw words: decimal with a sign, or the W bits of a word as in {@link #VALUES}. */
  WORDS,
  /** The W bits of a word in hex digits, with or without {@code 0x}: what Verilog dumps. */
  HEX,
  /**
   * What {@code to_string} of the types writes in radix 2, 8, 10 or 16: exact values, such as
   * {@code 0b1111.10101}, {@code -0o0.26}, {@code -0.34375} or {@code -0x0.58p0}.
   */
  TO_STRING
}
