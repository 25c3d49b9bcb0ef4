package io.fixlane.autograd.fixed;

/**
 * Where a cast that saturates passes the gradient to what it was given. Rounding always passes it.
 *
 * <p>A cast that wraps passes it everywhere in both modes: a wrapped value is off by a multiple of
 * 2<sup>I</sup>, and its slope is 1 wherever it is defined.
 */
public enum GradientMode {
  /** Where there was no overflow; where there was one the gradient is 0. */
  CLIPPED,
  /** Everywhere. */
  PLAIN
}
