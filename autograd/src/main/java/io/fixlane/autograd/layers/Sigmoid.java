package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;

/** 1 / (1 + e<sup>-x</sup>). */
public final class Sigmoid extends TapeLayer {
  /** Makes the layer. */
  public Sigmoid() {}

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.sigmoid(x);
  }
}
