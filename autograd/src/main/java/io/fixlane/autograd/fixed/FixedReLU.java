package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.TapeLayer;

/** The larger of x and 0, cast, bit for bit as {@link io.fixlane.kernels.Elementwise#relu}. */
public final class FixedReLU extends TapeLayer {
  private final FixedCast outputCast;

  /** Makes the layer, with the format of its output. */
  public FixedReLU(TrainableFormat output) {
    this.outputCast = layer("outputCast", new FixedCast(output));
  }

  /** Returns the cast of the output. */
  public FixedCast outputCast() {
    return outputCast;
  }

  /**
   * Computes the output.
   *
   * @throws IllegalArgumentException if x carries no format
   */
  @Override
  public Tensor forward(Tape tape, Tensor x) {
    FixedWords.format("the input", x);
    return forward(tape, "outputCast", tape.relu(x));
  }
}
