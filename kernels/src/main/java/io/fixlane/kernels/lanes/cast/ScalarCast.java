package io.fixlane.kernels.lanes.cast;

/**
 * The last step of a scalar loop. Floating-point numbers are
 * passed as the bits of a double. A question that a cast leaves open has the answer no.
 */
public interface ScalarCast {
  /** Returns the word to be stored. */
  long apply(long v);

  /** Returns whether v lies below the destination's range. */
  default boolean below(long v) {
    return false;
  }

  /** Returns whether v lies above the destination's range. */
  default boolean above(long v) {
    return false;
  }

  /** Returns whether quantization drops a bit that is set. */
  default boolean inexact(long v) {
    return false;
  }

  /** Returns whether v is a number without a meaning in the destination. */
  default boolean invalid(long v) {
    return false;
  }
}
