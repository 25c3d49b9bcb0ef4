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
}
