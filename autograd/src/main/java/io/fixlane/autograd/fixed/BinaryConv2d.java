package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Window;
import io.fixlane.autograd.layers.Conv2d;
import io.fixlane.autograd.layers.Layer;

/**
 * The convolution of a binarised network (arXiv 1602.02830): weights and activations are their
 * signs, +1 where a number is not negative, else -1, and the sum, an integer, is cast. Gradients
 * pass a sign where its number lies in -1..1. Outside the image, taps are skipped.
 */
public final class BinaryConv2d extends Layer {
  private final Tensor weight;
  private final FixedSum sum;

  /**
   * Makes the binary twin of a float layer without bias, whose weights it copies.
   *
   * @param layer the float layer
   * @param output the format of the output
   * @throws IllegalArgumentException if the layer has a bias
   */
  public BinaryConv2d(Conv2d layer, TrainableFormat output) {
    if (layer.bias() != null) {
      throw new IllegalArgumentException(
          "layer has a bias: a binary convolution has none, a batch normalisation follows it");
    }
    Window window = layer.window();
    this.weight = parameter("weight", layer.weight().data().clone(), layer.weight().shape());
    this.sum = new FixedSum(new Product.Convolution(window, layer.groups()), null,
        layer("outputCast", new FixedCast(output)));
  }

  /** Returns the weight as it is learned, whose signs count. */
  public Tensor weight() {
    return weight;
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
    return tape.apply(new SignOp(), weight);
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return sum.forward(tape, tape.apply(new SignOp(), x), words(tape), null);
  }
}
