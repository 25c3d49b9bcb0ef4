package io.fixlane.random;

/**
 * What random networks are drawn of.
 *
 * @param widest the most bits of a format
 * @param kept whether words are only those that a cast into their format can give
 * @param plain whether formats are those that every flavour of fixed-point types has: no
 *     AP_WRAP_SM, no N, and no single signed bit
 * @param widestTable the most bits of words that are looked up
 * @param outputs the most outputs of a matrix product
 */
public record Draws(int widest, boolean kept, boolean plain, int widestTable, int outputs) {
  /** All words of all formats of so many bits. */
  public static Draws of(int widest) {
    return new Draws(widest, false, false, 10, 20);
  }

  /** Small layers, of words that hardware can have. */
  public static Draws hardware(boolean plain) {
    return new Draws(20, true, plain, 8, 12);
  }
}
