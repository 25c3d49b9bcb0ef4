package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;

/** What happens to the exact result of a layer before its one cast. */
public enum Activation {
  /** Nothing. */
  NONE,
  /** A negative result becomes 0, so that an unsigned format loses nothing. */
  RELU;

  /** Applies it to results in floats. */
  Tensor apply(Tape tape, Tensor y) {
    return this == RELU ? tape.relu(y) : y;
  }

  /** Applies it to the first results, in place. */
  void apply(float[] y, int count) {
    if (this == RELU) {
      for (int i = 0; i < count; i++) {
        y[i] = Math.max(y[i], 0);
      }
    }
  }

  /** Multiplies gradients by the slope at what it was applied to, in place. */
  void multiplyBySlope(float[] g, float[] activated, int count) {
    if (this == RELU) {
      for (int i = 0; i < count; i++) {
        // 0 or 1 without a branch, which C2 would not vectorise.
        g[i] *= Math.signum(activated[i]);
      }
    }
  }
}
