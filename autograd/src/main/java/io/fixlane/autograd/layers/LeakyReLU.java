package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;

/** x where it is positive, else slope x. */
public final class LeakyReLU extends TapeLayer {
  private final float slope;

  /** Makes the layer. */
  public LeakyReLU(float slope) {
    this.slope = slope;
  }

  /** Returns the slope of negative numbers. */
  public float slope() {
    return slope;
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.leakyRelu(x, slope);
  }
}
