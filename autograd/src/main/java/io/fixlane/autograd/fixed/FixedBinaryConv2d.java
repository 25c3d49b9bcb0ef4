package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.FloatBinaryConv2d;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.shape.Window;

/**
 * The convolution of a binarised network, {@link FloatBinaryConv2d}, in fixed-point arithmetic: the
 * sum of the products of signs, an integer, is cast.
 */
public final class FixedBinaryConv2d extends TapeLayer {
  private final Tensor weight;
  private final Window window;
  private final FixedFormat exactSum;
  private final FixedSum sum;

  /** Makes the twin of a float layer, whose weights it copies, with {@link #exactOutput}. */
  public FixedBinaryConv2d(FloatBinaryConv2d layer) {
    this(layer, TrainableFormat.pinned(exactOutput(layer)));
  }

  /**
   * Makes the twin of a float layer, whose weights it copies.
   *
   * @param layer the float layer
   * @param output the format of the output
   */
  public FixedBinaryConv2d(FloatBinaryConv2d layer, TrainableFormat output) {
    this.weight = parameter("weight", layer.weight().data().clone(), layer.weight().shape());
    this.window = layer.window();
    this.exactSum = exactOutput(layer);
    this.sum = new FixedSum(new Product.Convolution(layer.window(), layer.groups()), null,
        Activation.NONE, layer("outputCast", new FixedCast(output)));
  }

  /**
   * Returns the integers that hold every sum of a layer, which is what a popcount gives: of n signs
   * the sums are -n..n.
   */
  public static FixedFormat exactOutput(FloatBinaryConv2d layer) {
    Tensor weight = layer.weight();
    int signs = weight.size() / weight.dimension(-1);
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(signs) + 1;
    return FixedFormat.signed(width, width, QuantizationMode.AP_TRN, OverflowMode.AP_SAT);
  }

  /** Returns the weight as it is learned, whose signs count. */
  public Tensor weight() {
    return weight;
  }

  /** Returns how the kernel slides. */
  public Window window() {
    return window;
  }

  /** Returns the integers that hold every sum. */
  FixedFormat exactSum() {
    return exactSum;
  }

  /** Returns the cast of the sums. */
  public FixedCast outputCast() {
    return sum.output();
  }

  FixedSum sum() {
    return sum;
  }

  /** Returns the signs of the weights. */
  Tensor words(Tape tape) {
    return FloatBinaryConv2d.weightSigns(tape, weight);
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return sum.forward(tape, FloatBinaryConv2d.activationSigns(tape, x), words(tape), null);
  }
}
