package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;

/**
 * cast(x), with slope x in the place of a negative x, bit for bit as {@link Elementwise#leakyRelu}.
 */
public final class FixedLeakyReLU extends TapeLayer {
  private static final int MOST = 30;

  private final Fixed slope;
  private final FixedCast outputCast;

  /**
   * Makes the layer of a slope 2<sup>-slopeShift</sup>.
   *
   * @param slopeShift 0 to 30
   * @param output the format of the output
   * @throws IllegalArgumentException if the number is out of its range
   */
  public FixedLeakyReLU(int slopeShift, TrainableFormat output) {
    this(power(slopeShift), output);
  }

  /**
   * Makes the layer.
   *
   * @param slope the slope
   * @param output the format of the output
   * @throws IllegalArgumentException if no float is as large as the slope
   */
  public FixedLeakyReLU(Fixed slope, TrainableFormat output) {
    if (!Float.isFinite(slope.toFloat())) {
      throw new IllegalArgumentException(
          "slope is " + slope + ": it must be in the range of floats");
    }
    this.slope = slope;
    this.outputCast = layer("outputCast", new FixedCast(output));
  }

  private static Fixed power(int slopeShift) {
    if (slopeShift < 0 || slopeShift > MOST) {
      throw new IllegalArgumentException(
          "slopeShift is " + slopeShift + ": it must be in 0.." + MOST);
    }
    return Fixed.ofRaw(FixedFormat.unsigned(1, 1 - slopeShift), 1);
  }

  /** Returns the slope. */
  public Fixed slope() {
    return slope;
  }

  /** Returns the cast of the output. */
  public FixedCast outputCast() {
    return outputCast;
  }

  /**
   * Computes the output.
   *
   * @throws IllegalArgumentException if x carries no format, or the exact result has more than 128
   *     bits
   */
  @Override
  public Tensor forward(Tape tape, Tensor x) {
    FixedFormat input = FixedWords.format("the input", x);
    Tensor y = tape.leakyRelu(x, slope.toFloat());
    if (FixedWords.fitFloats(slope.format()) && FixedWords.fitFloats(exact(input))) {
      return outputCast.forward(tape, y);
    }
    FixedTensor words = FixedWords.of(x);
    return outputCast.forward(tape, y, format -> FixedWords.compute(
        tape, format, y.shape(),
        target -> Elementwise.leakyRelu(input, slope, format).run(words, target)));
  }

  /** Returns a format that holds an input and its product with the slope. */
  private FixedFormat exact(FixedFormat input) {
    FixedFormat product = input.times(slope.format());
    int integerBits = Math.max(input.integerBits(), product.integerBits());
    int fractionBits = Math.max(input.fractionBits(), product.fractionBits());
    return FixedFormat.signed(integerBits + fractionBits, integerBits);
  }
}
