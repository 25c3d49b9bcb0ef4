package io.fixlane.kernels.lanes.cast;

/**
 * What a loop does about words outside the destination's range, once the plan has seen whether any
 * can occur.
 */
public enum OverflowStep {
  /** Nothing: no word overflows, or each was clamped before it was quantized. */
  NONE,
  /** The word is replaced by the end of the range. */
  SATURATE,
  /** The word is replaced by zero. */
  ZERO,
  /** The low W bits are kept. */
  WRAP,
  /** The low bits are kept and the top N set from the source's sign. */
  WRAP_SATURATED,
  /** Sign-magnitude wrap. */
  SIGN_MAGNITUDE
}
