package io.fixlane.format;

/**
 * How a word becomes K-hot: a sum of at most K terms, each a power of two with a sign, so that a
 * product with it is K shifts and additions.
 *
 * <p>The rules see sign and magnitude, not the ones of two's complement: -1 is one-hot, and so is
 * -128 in {@code ap_fixed<8,8>}. The K-hot word has the format of the word. A word that is K-hot
 * already stays what it is, so every rule applied twice gives what it gives once; 0 is K-hot for
 * every K, and no other word becomes 0.
 */
public enum KHotRule {
  /**
   * The K most significant ones of the magnitude are kept, the others dropped. The magnitude never
   * grows, so the result always fits.
   */
  TRUNCATE("keep the K most significant ones of the magnitude"),
  /**
   * The nearest word of the format with at most K ones in its magnitude. Of two that are equally
   * near the one of the smaller magnitude is taken, as AP_RND_ZERO does: then a tie never leaves
   * the range, and is the same for both signs. Where the nearest sum of K powers of two lies beyond
   * the range, the result saturates to the last K-hot word within: 127 in {@code ap_fixed<8,8>}
   * becomes 64 with K = 1, while -127 becomes -128.
   */
  NEAREST("the nearest word with at most K ones in its magnitude, ties to the smaller"),
  /**
   * The K most significant non-zero digits of the canonical signed-digit form are kept, the others
   * dropped. That form has digits -1, 0 and 1, and no two neighbours that are not 0; each integer
   * has exactly one (Reitwiesner, Binary Arithmetic, 1960). It has the fewest terms, but dropping
   * some of them does not give the nearest such sum: 11 = 16 - 4 - 1 becomes 16 with K = 1.
   *
   * <p>A term may be larger than any word of the format: 127 = 128 - 1 is two terms in
   * {@code ap_fixed<8,8>}, and 255 = 256 - 1 in {@code ap_ufixed<8,8>}. Only with K = 1, where that
   * term stands alone, can the sum be so too; then the result is the largest power of two that is a
   * word: 127 becomes 64, and 255 becomes 128.
   */
  SIGNED_DIGITS("keep the K most significant digits of the canonical signed-digit form");

  private final String summary;

  KHotRule(String summary) {
    this.summary = summary;
  }

  /** Returns what the rule does, in a few words. */
  public String summary() {
    return summary;
  }
}
