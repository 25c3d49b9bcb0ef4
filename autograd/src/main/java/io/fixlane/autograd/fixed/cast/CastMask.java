package io.fixlane.autograd.fixed.cast;

import io.fixlane.format.FixedFormat;

/**
 * Where a cast into a format does not overflow: m = 1 there, else 0. A cast that wraps counts as
 * one that never overflows: a wrapped value moves as the number does.
 */
final class CastMask {
  private final float low;
  private final float high;
  private final float scale;
  private final boolean passesAll;

  /**
   * Makes the mask of casts into a format.
   *
   * @param everywhere whether gradients pass where a cast saturates too
   */
  CastMask(FixedFormat format, boolean everywhere) {
    boolean wraps = format.overflow().wraps();
    CastBounds bounds = CastBounds.of(format);
    this.low = wraps ? Float.NEGATIVE_INFINITY : bounds.lowFloat();
    this.high = wraps ? Float.POSITIVE_INFINITY : bounds.highFloat();
    this.scale = Math.scalb(1f, Math.max(0, 2 - format.integerBits()));
    this.passesAll = wraps || everywhere;
  }

  /** Returns whether gradients pass wherever numbers are. */
  boolean passesAll() {
    return passesAll;
  }

  /**
   * Returns m, by the sign of (x - low) (high - x), as C2 does not make vectors of a loop with a
   * branch. The scale keeps the product from an underflow to 0: scale (high - low) is 1 or more.
   */
  float inside(float x) {
    return Math.signum(1 + Math.signum((x - low) * scale * (high - x)));
  }

  /** Computes m of the first numbers. */
  void of(float[] x, float[] m, int count) {
    for (int i = 0; i < count; i++) {
      m[i] = inside(x[i]);
    }
  }
}
