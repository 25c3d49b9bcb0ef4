package io.fixlane.kernels.lanes.cast;

/** Overflow modes on longs. */
public final class ScalarOverflow {
  private ScalarOverflow() {}

  /**
   * Returns the destination's word.
   *
   * @param recipe the mode
   * @param q the quantized word, modulo 2<sup>64</sup>
   * @param out whether it lies outside the destination's range
   * @param sign all ones where the source is negative, else 0
   * @param lost all ones where the source's bit just above the destination's most significant one
   *     is set, else 0
   */
  static long apply(OverflowRecipe recipe, long q, boolean out, long sign, long lost) {
    return switch (recipe.step()) {
      case NONE -> q;
      case SATURATE -> out ? sign != 0 ? recipe.lowWord() : recipe.highWord() : q;
      case ZERO -> out ? 0 : q;
      case WRAP -> wrap(recipe, q);
      case WRAP_SATURATED -> out ? saturateTop(recipe, q, sign) : q;
      case SIGN_MAGNITUDE -> out ? signMagnitude(recipe, q, sign, lost) : q;
    };
  }

  private static long wrap(OverflowRecipe recipe, long q) {
    int beyond = 64 - recipe.width();
    return recipe.signed() ? q << beyond >> beyond : q << beyond >>> beyond;
  }

  private static long saturateTop(OverflowRecipe recipe, long q, long sign) {
    return (q & recipe.keptMask()) | (sign != 0 ? recipe.negativeTop() : recipe.positiveTop());
  }

  private static long signMagnitude(OverflowRecipe recipe, long q, long sign, long lost) {
    int n = recipe.saturationBits();
    if (n <= 1) {
      // All bits inverted where the most significant one is not what it must become.
      long word = wrap(recipe, q);
      return word ^ word >> 63 ^ (n == 1 ? sign : lost);
    }
    long bit = q << 63 - (recipe.width() - n) >> 63;
    return saturateTop(recipe, q ^ ~(bit ^ sign), sign);
  }
}
