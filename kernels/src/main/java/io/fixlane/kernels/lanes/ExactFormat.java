package io.fixlane.kernels.lanes;

import io.fixlane.format.FixedFormat;

/** Formats of exact results whose width or binary point a plan computes itself. */
public final class ExactFormat {
  private ExactFormat() {}

  /**
   * Returns the truncating and wrapping format of an exact result.
   *
   * @param result names the result in the message
   * @param signed whether it is signed
   * @param width W
   * @param integerBits I
   * @throws IllegalArgumentException if HLS has no such type
   */
  public static FixedFormat of(String result, boolean signed, long width, long integerBits) {
    if (width > FixedFormat.MAX_WIDTH || integerBits != (int) integerBits
        || width - integerBits != (int) (width - integerBits)) {
      throw new IllegalArgumentException(result + " needs W " + width + " and I " + integerBits
          + ": the width must lie in 1.." + FixedFormat.MAX_WIDTH
          + ", and I and W - I must fit in 32 bits");
    }
    return signed
        ? FixedFormat.signed((int) width, (int) integerBits)
        : FixedFormat.unsigned((int) width, (int) integerBits);
  }
}
