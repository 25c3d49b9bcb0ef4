package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.shape.Window;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The convolution of images, N x height x width x channels. The weight is window height x window
 * width x inputs / groups x outputs.
 */
public final class FloatConv2d extends TapeLayer {
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final Window window;
  private final int groups;

  /** Makes the layer with one group and a bias. */
  public FloatConv2d(int inputs, int outputs, Window window, RandomGenerator random) {
    this(inputs, outputs, window, 1, Bias.LEARNED, random);
  }

  /** Makes the layer with one group. */
  public FloatConv2d(int inputs, int outputs, Window window, Bias bias, RandomGenerator random) {
    this(inputs, outputs, window, 1, bias, random);
  }

  /**
   * Makes the layer.
   *
   * @param inputs channels of the input, a multiple of the groups
   * @param outputs channels of the output, a multiple of the groups
   * @param window how the kernel slides
   * @param groups into how many groups the channels are cut, each output seeing the inputs of its
   *     group alone
   * @param bias whether it has a bias
   * @param random gives the start values of the weights, He's
   * @throws IllegalArgumentException if a number is not positive or not a multiple of the groups
   */
  public FloatConv2d(
      int inputs, int outputs, Window window, int groups, Bias bias, RandomGenerator random) {
    He.positive("groups", groups);
    if (He.positive("inputs", inputs) % groups != 0
        || He.positive("outputs", outputs) % groups != 0) {
      throw new IllegalArgumentException(
          "groups is " + groups + ": it must divide the inputs, " + inputs + ", and the outputs, "
              + outputs);
    }
    int depth = inputs / groups;
    int fanIn = Math.multiplyExact(window.taps(), depth);
    float[] start = He.uniform(random, Math.multiplyExact(fanIn, outputs), fanIn);
    this.weight =
        parameter("weight", start, window.kernelHeight(), window.kernelWidth(), depth, outputs);
    this.bias = bias == Bias.NONE ? null : parameter("bias", new float[outputs], outputs);
    this.window = window;
    this.groups = groups;
  }

  /** Returns the weight, window height x window width x inputs / groups x outputs. */
  public Tensor weight() {
    return weight;
  }

  /** Returns the bias, one number for each output; null where there is none. */
  public @Nullable Tensor bias() {
    return bias;
  }

  /** Returns how the kernel slides. */
  public Window window() {
    return window;
  }

  /** Returns the number of groups. */
  public int groups() {
    return groups;
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    Tensor y = tape.conv2d(x, weight, window, groups);
    return bias == null ? y : tape.add(y, bias);
  }
}
