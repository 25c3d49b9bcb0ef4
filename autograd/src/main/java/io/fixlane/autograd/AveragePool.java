package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Taps;
import io.fixlane.shape.Window;
import org.jspecify.annotations.Nullable;

/**
 * The sum under the window, for each channel, over the window's area in the padded image: padding
 * counts as zeros, and what lies beyond it in ceil mode does not count. The sum is in the order of
 * the taps.
 */
record AveragePool(Window window) implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    Inputs.requirePooling(this, window, inputs);
    return Inputs.taps(window, inputs[0]).outputShape();
  }

  /** Divides the numbers of each place by its area. */
  private void divide(float[] numbers, Tensor images, int[] shape) {
    int height = images.dimension(1) + window.paddingBottom();
    int width = images.dimension(2) + window.paddingRight();
    int at = 0;
    for (int i = 0; i < shape[0] * shape[1]; i++) {
      int top = window.row(i % shape[1], 0);
      int rows = Math.min(height - top, window.kernelHeight());
      for (int column = 0; column < shape[2]; column++) {
        int left = window.column(column, 0);
        float scale = 1 / ((float) rows * Math.min(width - left, window.kernelWidth()));
        for (int c = 0; c < shape[3]; c++) {
          numbers[at++] *= scale;
        }
      }
    }
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    Taps taps = Inputs.taps(window, inputs[0]);
    float[] x = inputs[0].data();
    float[] y = tape.zeros(taps.outputSize());
    int channels = taps.channels();
    taps.forEach(tape.scratch(), (part, atX, tap, atY) -> {
      for (int c = 0; c < channels; c++) {
        y[atY + c] += x[atX + c];
      }
    });
    divide(y, inputs[0], taps.outputShape());
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    Taps taps = Inputs.taps(window, inputs[0]);
    float[] g = tape.floats(output.size());
    System.arraycopy(Op.gradient(output), 0, g, 0, g.length);
    divide(g, inputs[0], taps.outputShape());
    float[] d = tape.zeros(inputs[0].size());
    int channels = taps.channels();
    taps.forEach(tape.scratch(), (part, atX, tap, atY) -> {
      for (int c = 0; c < channels; c++) {
        d[atX + c] += g[atY + c];
      }
    });
    return new float[][] {d};
  }
}
