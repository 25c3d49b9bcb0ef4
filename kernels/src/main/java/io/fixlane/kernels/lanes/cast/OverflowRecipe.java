package io.fixlane.kernels.lanes.cast;

import io.fixlane.format.FixedFormat;

/**
 * What becomes of quantized words, as constants.
 *
 * @param step what is done where a word overflows
 * @param lowWord the saturated word below
 * @param highWord the saturated word above
 * @param width W of the destination
 * @param signed whether the destination is signed
 * @param saturationBits N of the destination
 * @param keptMask the mask of the bits a saturated wrap keeps: the low W - N
 * @param positiveTop the top N bits that it sets where the source is not negative
 * @param negativeTop the top N bits that it sets where the source is negative; sign-extended
 */
public record OverflowRecipe(OverflowStep step, long lowWord, long highWord, int width,
    boolean signed,
    int saturationBits, long keptMask, long positiveTop, long negativeTop) {

  /** Returns the recipe for a destination, where some source word overflows or none does. */
  static OverflowRecipe of(FixedFormat target, boolean possible) {
    int width = target.width();
    int saturated = target.saturationBits();
    long kept = ones(width - saturated);
    long top = target.signed()
        ? ones(saturated - 1) << width - saturated
        : ones(width) & ~kept;
    return new OverflowRecipe(
        possible ? step(target) : OverflowStep.NONE,
        target.minKeptRaw().longValue(),
        target.maxKeptRaw().longValue(),
        width,
        target.signed(),
        saturated,
        kept,
        top,
        target.signed() ? -1L << width - 1 : top);
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

  /** Returns whether the source's bit just above the destination's most significant one counts. */
  boolean needsLostBit() {
    return switch (step) {
      case NONE, SATURATE, ZERO, WRAP, WRAP_SATURATED -> false;
      case SIGN_MAGNITUDE -> saturationBits == 0;
    };
  }

  OverflowRecipe withStep(OverflowStep newStep) {
    return new OverflowRecipe(newStep, lowWord, highWord, width, signed, saturationBits, keptMask,
        positiveTop, negativeTop);
  }

  private static long ones(int bits) {
    return bits <= 0 ? 0 : -1L >>> (64 - bits);
  }
}
