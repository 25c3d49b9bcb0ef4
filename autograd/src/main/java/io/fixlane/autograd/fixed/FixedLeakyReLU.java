package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.Layer;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.tensor.FixedTensor;

/**
 * cast(x), with x 2<sup>-slopeShift</sup> in the place of a negative x, bit for bit as
 * {@link Elementwise#leakyRelu}.
 */
public final class FixedLeakyReLU extends Layer {
  private static final int MOST = 30;

  private final int slopeShift;
  private final FixedCast outputCast;

  /**
   * Makes the layer.
   *
   * @param slopeShift the slope is 2<sup>-slopeShift</sup>; 0 to 30
   * @param output the format of the output
   * @throws IllegalArgumentException if the number is out of its range
   */
  public FixedLeakyReLU(int slopeShift, TrainableFormat output) {
    if (slopeShift < 0 || slopeShift > MOST) {
      throw new IllegalArgumentException(
          "slopeShift is " + slopeShift + ": it must be in 0.." + MOST);
    }
    this.slopeShift = slopeShift;
    this.outputCast = layer("outputCast", new FixedCast(output));
  }

  /** Returns s of the slope 2<sup>-s</sup>. */
  public int slopeShift() {
    return slopeShift;
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
    FixedFormat input = FixedWords.format("the input", x);
    Tensor y = tape.leakyRelu(x, Math.scalb(1f, -slopeShift));
    FixedFormat exact = input.withBits(input.width() + slopeShift, input.integerBits());
    if (FixedWords.fitFloats(exact)) {
      return outputCast.forward(tape, y);
    }
    FixedTensor words = FixedWords.of(x);
    return outputCast.forward(tape, y, format -> FixedWords.compute(
        tape, format, y.shape(),
        target -> Elementwise.leakyRelu(input, slopeShift, format).run(words, target)));
  }
}
