package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.shape.Window;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The convolution of each channel with a kernel of its own, for images N x height x width x
 * channels. The weight is window height x window width x channels.
 */
public final class DepthwiseConv2d extends TapeLayer {
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final Window window;

  /**
   * Makes the layer.
   *
   * @param channels channels of the input, and of the output
   * @param window how the kernels slide
   * @param bias whether it has a bias
   * @param random gives the start values of the weights, He's
   * @throws IllegalArgumentException if the number is not positive
   */
  public DepthwiseConv2d(int channels, Window window, Bias bias, RandomGenerator random) {
    int taps = window.taps();
    int size = Math.multiplyExact(taps, He.positive("channels", channels));
    this.weight = parameter(
        "weight", He.uniform(random, size, taps), window.kernelHeight(), window.kernelWidth(),
        channels);
    this.bias = bias == Bias.NONE ? null : parameter("bias", new float[channels], channels);
    this.window = window;
  }

  /** Returns the weight, window height x window width x channels. */
  public Tensor weight() {
    return weight;
  }

  /** Returns the bias, one number for each channel; null where there is none. */
  public @Nullable Tensor bias() {
    return bias;
  }

  /** Returns how the kernels slide. */
  public Window window() {
    return window;
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    Tensor y = tape.depthwiseConv2d(x, weight, window);
    return bias == null ? y : tape.add(y, bias);
  }
}
