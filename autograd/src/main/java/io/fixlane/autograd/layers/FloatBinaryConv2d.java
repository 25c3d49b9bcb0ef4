package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.shape.Window;
import java.util.random.RandomGenerator;

/**
 * The convolution of a binarised network (arXiv 1602.02830): weights and activations are their
 * signs, +1 where a number is not negative, else -1, and outside the image taps are skipped. There
 * is no bias: a batch normalisation follows.
 *
 * <p>The sign of an activation passes gradients where the activation lies in -1..1; that of a
 * weight passes them everywhere, so that no weight moves out of the reach of training.
 */
public final class FloatBinaryConv2d extends TapeLayer {
  private final Tensor weight;
  private final Window window;
  private final int groups;

  /** Makes the layer with one group. */
  public FloatBinaryConv2d(int inputs, int outputs, Window window, RandomGenerator random) {
    this(inputs, outputs, window, 1, random);
  }

  /**
   * Makes the layer.
   *
   * @param inputs channels of the input, a multiple of the groups
   * @param outputs channels of the output, a multiple of the groups
   * @param window how the kernel slides
   * @param groups into how many groups the channels are cut, each output seeing the inputs of its
   *     group alone
   * @param random gives the start values of the weights, as those of a {@link FloatConv2d}
   * @throws IllegalArgumentException if a number is not positive or not a multiple of the groups
   */
  public FloatBinaryConv2d(
      int inputs, int outputs, Window window, int groups, RandomGenerator random) {
    Tensor start = new FloatConv2d(inputs, outputs, window, groups, Bias.NONE, random).weight();
    this.weight = parameter("weight", start.data(), start.shape());
    this.window = window;
    this.groups = groups;
  }

  /** Returns the weight, whose signs count: height x width x inputs / groups x outputs. */
  public Tensor weight() {
    return weight;
  }

  /** Returns how the kernel slides. */
  public Window window() {
    return window;
  }

  /** Returns the number of groups. */
  public int groups() {
    return groups;
  }

  /** Returns the signs of activations. */
  public static Tensor activationSigns(Tape tape, Tensor x) {
    return tape.sign(x, 1);
  }

  /** Returns the signs of weights. */
  public static Tensor weightSigns(Tape tape, Tensor weight) {
    return tape.sign(weight, Float.POSITIVE_INFINITY);
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.conv2d(activationSigns(tape, x), weightSigns(tape, weight), window, groups);
  }
}
