package io.fixlane.autograd;

import org.jspecify.annotations.Nullable;

/**
 * The sum under the window, for each channel, over the window's area: padding counts as zeros. The
 * sum is in the order of the taps.
 */
record AveragePool(Window window) implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    Taps.requirePooling(this, window, inputs);
    return new Taps(window, inputs[0]).outputShape();
  }

  private float area() {
    return (float) window.height() * window.width();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    Taps taps = new Taps(window, inputs[0]);
    float[] x = inputs[0].data();
    float[] y = tape.zeros(taps.outputSize());
    int channels = taps.channels();
    float scale = 1 / area();
    taps.forEach(tape, (part, atX, tap, atY) -> {
      for (int c = 0; c < channels; c++) {
        y[atY + c] += scale * x[atX + c];
      }
    });
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    Taps taps = new Taps(window, inputs[0]);
    float[] g = Op.gradient(output);
    float[] d = tape.zeros(inputs[0].size());
    int channels = taps.channels();
    float scale = 1 / area();
    taps.forEach(tape, (part, atX, tap, atY) -> {
      for (int c = 0; c < channels; c++) {
        d[atX + c] += scale * g[atY + c];
      }
    });
    return new float[][] {d};
  }
}
