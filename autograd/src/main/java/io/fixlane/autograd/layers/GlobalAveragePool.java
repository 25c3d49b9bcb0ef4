package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;

/** The mean of each channel over its image: N x height x width x channels to N x channels. */
public final class GlobalAveragePool extends TapeLayer {
  /** Makes the layer. */
  public GlobalAveragePool() {}

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.globalAveragePool(x);
  }
}
