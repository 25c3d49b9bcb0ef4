package io.fixlane.kernels.lanes;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;

/**
 * What becomes of quantized words, as constants.
 *
 * @param step what is done where a word overflows
 * @param lowWord the saturated word below
 * @param highWord the saturated word above
 * @param width W of the destination
 * @param signed whether the destination is signed
 * @param saturationBits N of the destination
 */
record OverflowRecipe(OverflowStep step, long lowWord, long highWord, int width, boolean signed,
    int saturationBits) {

  /** Returns the recipe for a destination, where some source word overflows or none does. */
  static OverflowRecipe of(FixedFormat target, boolean possible) {
    boolean symmetric = target.signed() && target.overflow() == OverflowMode.AP_SAT_SYM;
    // The header sets the lowest bit of the smallest word: W = 1 still gives -1.
    long lowWord = target.minRaw().longValue() | (symmetric ? 1 : 0);
    return new OverflowRecipe(
        possible ? step(target) : OverflowStep.NONE,
        lowWord,
        target.maxRaw().longValue(),
        target.width(),
        target.signed(),
        target.saturationBits());
  }

  private static OverflowStep step(FixedFormat target) {
    return switch (target.overflow()) {
      case AP_SAT, AP_SAT_SYM -> OverflowStep.SATURATE;
      case AP_SAT_ZERO -> OverflowStep.ZERO;
      case AP_WRAP ->
          target.saturationBits() == 0 ? OverflowStep.WRAP : OverflowStep.WRAP_SATURATED;
      case AP_WRAP_SM -> OverflowStep.SIGN_MAGNITUDE;
    };
  }

  OverflowRecipe withStep(OverflowStep newStep) {
    return new OverflowRecipe(newStep, lowWord, highWord, width, signed, saturationBits);
  }

  /** Returns the mask of the bits a saturated wrap keeps: the low W - N. */
  long keptMask() {
    return ones(width - saturationBits);
  }

  /** Returns the top N bits that a saturated wrap sets where the source is not negative. */
  long positiveTop() {
    return signed
        ? ones(saturationBits - 1) << (width - saturationBits)
        : ones(width) & ~keptMask();
  }

  /**
   * Returns the top N bits that a saturated wrap sets where the source is negative; sign-extended.
   */
  long negativeTop() {
    return signed ? -1L << (width - 1) : positiveTop();
  }

  private static long ones(int bits) {
    return bits <= 0 ? 0 : -1L >>> (64 - bits);
  }
}
