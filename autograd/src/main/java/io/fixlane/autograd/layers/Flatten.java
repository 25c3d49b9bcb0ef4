package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;

/** All but the first dimension as one: N x height x width x channels to N x the rest. */
public final class Flatten extends TapeLayer {
  /** Makes the layer. */
  public Flatten() {}

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.flatten(x);
  }
}
