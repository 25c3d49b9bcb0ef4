package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;

/** The hyperbolic tangent of x. */
public final class Tanh extends TapeLayer {
  /** Makes the layer. */
  public Tanh() {}

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.tanh(x);
  }
}
