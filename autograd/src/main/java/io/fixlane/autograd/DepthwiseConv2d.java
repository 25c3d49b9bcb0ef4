package io.fixlane.autograd;

import io.fixlane.autograd.arrays.PartialSums;
import io.fixlane.autograd.arrays.Taps;
import io.fixlane.shape.Window;
import org.jspecify.annotations.Nullable;

/**
 * The convolution in which each channel has a kernel and an output of its own: a kernel of window
 * height x window width x channels. dW is summed up over the images of a part, then over the parts,
 * in order.
 */
record DepthwiseConv2d(Window window) implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    Inputs.requireFits(this, window, inputs);
    require(
        inputs.length == 2 && inputs[1].rank() == 3, inputs,
        "the second must be a kernel, height x width x channels");
    Tensor w = inputs[1];
    require(
        w.dimension(0) == window.kernelHeight() && w.dimension(1) == window.kernelWidth(), inputs,
        "the kernel must have the window's " + window.kernelHeight() + " x "
            + window.kernelWidth());
    require(
        inputs[0].dimension(3) == w.dimension(2), inputs,
        "the kernel must have as many channels as the images");
    return Inputs.taps(window, inputs[0]).outputShape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    Taps taps = Inputs.taps(window, inputs[0]);
    float[] x = inputs[0].data();
    float[] w = inputs[1].data();
    float[] y = tape.zeros(taps.outputSize());
    int channels = taps.channels();
    taps.forEach(tape.scratch(), (part, atX, tap, atY) -> {
      for (int c = 0; c < channels; c++) {
        y[atY + c] += x[atX + c] * w[tap * channels + c];
      }
    });
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    Taps taps = Inputs.taps(window, inputs[0]);
    float[] x = inputs[0].data();
    float[] w = inputs[1].data();
    float[] g = Op.gradient(output);
    int channels = taps.channels();
    float[] dx = null;
    if (inputs[0].requiresGrad()) {
      float[] d = tape.zeros(x.length);
      taps.forEach(tape.scratch(), (part, atX, tap, atY) -> {
        for (int c = 0; c < channels; c++) {
          d[atX + c] += g[atY + c] * w[tap * channels + c];
        }
      });
      dx = d;
    }
    float[] dw = null;
    if (inputs[1].requiresGrad()) {
      float[] partial = tape.zeros(taps.parts() * w.length);
      taps.forEach(tape.scratch(), (part, atX, tap, atY) -> {
        int to = part * w.length + tap * channels;
        for (int c = 0; c < channels; c++) {
          partial[to + c] += g[atY + c] * x[atX + c];
        }
      });
      dw = PartialSums.add(tape.scratch(), partial, taps.parts());
    }
    return new float[][] {dx, dw};
  }
}
