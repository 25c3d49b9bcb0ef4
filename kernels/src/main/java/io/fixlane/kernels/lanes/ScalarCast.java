package io.fixlane.kernels.lanes;

/**
 * The last step of a scalar loop; {@link VectorIntegerCast}'s twin. Floating-point numbers are
 * passed as the bits of a double.
 */
interface ScalarCast {
  /** Returns the word to be stored. */
  long apply(long v);

  /** Returns whether v lies below the destination's range. */
  boolean below(long v);

  /** Returns whether v lies above the destination's range. */
  boolean above(long v);

  /** Returns whether quantization drops a bit that is set. */
  boolean inexact(long v);

  /** Returns whether v is a number without a meaning in the destination. */
  boolean invalid(long v);
}
