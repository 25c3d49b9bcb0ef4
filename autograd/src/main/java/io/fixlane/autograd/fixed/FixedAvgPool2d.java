package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import org.jspecify.annotations.Nullable;

/**
 * The mean of the numbers under a window, or of all, for each channel: one cast of the exact
 * quotient of sum and count, bit for bit as {@link Pool2d#averageOfPadded}.
 */
public final class FixedAvgPool2d extends TapeLayer {
  private final @Nullable Window window;
  private final FixedCast outputCast;

  /**
   * Makes the layer.
   *
   * @param window how the window slides: without dilation, padded by less than its size; padding
   *     counts as zeros, and what lies beyond it in ceil mode does not count
   * @param output the format of the output
   */
  public FixedAvgPool2d(Window window, TrainableFormat output) {
    this(output, window);
  }

  private FixedAvgPool2d(TrainableFormat output, @Nullable Window window) {
    this.window = window;
    this.outputCast = layer("outputCast", new FixedCast(output));
  }

  /** Makes the layer of the mean over the whole image: N x channels. */
  public static FixedAvgPool2d global(TrainableFormat output) {
    return new FixedAvgPool2d(output, null);
  }

  /** Returns how the window slides; null where it is the whole image. */
  public @Nullable Window window() {
    return window;
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
    Tensor y = window == null ? tape.globalAveragePool(x) : tape.averagePool2d(x, window);
    FixedTensor words = FixedWords.of(x);
    ImageShape image = ImageShape.of(x.dimension(1), x.dimension(2), x.dimension(3));
    Window slides = window == null ? Window.of(image.height(), image.width()) : window;
    return outputCast.forward(tape, y, format -> FixedWords.compute(
        tape, format, y.shape(),
        target -> Pool2d.averageOfPadded(input, image, slides, format).run(words, target)));
  }
}
