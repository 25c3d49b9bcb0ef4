package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.shape.Window;

/** The largest of the numbers under a window, for each channel. */
public final class MaxPool2d extends TapeLayer {
  private final Window window;

  /** Makes the layer of windows that lie side by side. */
  public MaxPool2d(int size) {
    this(Window.of(size, size).withStride(size, size));
  }

  /**
   * Makes the layer.
   *
   * @param window how the window slides: without dilation, padded by less than its size
   */
  public MaxPool2d(Window window) {
    this.window = window;
  }

  /** Returns how the window slides. */
  public Window window() {
    return window;
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.maxPool2d(x, window);
  }
}
