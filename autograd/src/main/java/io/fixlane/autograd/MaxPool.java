package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Taps;
import io.fixlane.format.FixedFormat;
import io.fixlane.shape.Window;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The largest number under the window, for each channel; the gradient goes to where it was, to the
 * first of equal ones. Padding never wins, and NaN always does.
 */
final class MaxPool implements Op {
  private final Window window;
  /** Where each maximum was. */
  private int[] places = {};

  MaxPool(Window window) {
    this.window = window;
  }

  @Override
  public int[] shape(Tensor... inputs) {
    Inputs.requirePooling(this, window, inputs);
    return Inputs.taps(window, inputs[0]).outputShape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    Taps taps = Inputs.taps(window, inputs[0]);
    float[] x = inputs[0].data();
    float[] y = tape.floats(taps.outputSize());
    int[] best = new int[y.length];
    Arrays.fill(best, -1);
    int channels = taps.channels();
    taps.forEach(tape.scratch(), (part, atX, tap, atY) -> {
      for (int c = 0; c < channels; c++) {
        float pixel = x[atX + c];
        if (best[atY + c] < 0 || pixel > y[atY + c] || Float.isNaN(pixel)) {
          y[atY + c] = pixel;
          best[atY + c] = atX + c;
        }
      }
    });
    places = best;
    return y;
  }

  @Override
  public @Nullable FixedFormat format(Tensor... inputs) {
    return inputs[0].format();
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] d = tape.zeros(inputs[0].size());
    for (int i = 0; i < g.length; i++) {
      d[places[i]] += g[i];
    }
    return new float[][] {d};
  }
}
