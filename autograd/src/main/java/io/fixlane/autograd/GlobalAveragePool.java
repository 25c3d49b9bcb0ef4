package io.fixlane.autograd;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The mean of each channel over the image: N x channels. Sums are in double precision, in the order
 * of the pixels.
 */
record GlobalAveragePool() implements Op {
  private static final int PARTS = 8;

  @Override
  public int[] shape(Tensor... inputs) {
    require(
        inputs.length == 1 && inputs[0].rank() == 4, inputs,
        "it takes images, N x height x width x channels");
    return new int[] {inputs[0].dimension(0), inputs[0].dimension(3)};
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    int images = inputs[0].dimension(0);
    int channels = inputs[0].dimension(3);
    int size = x.length / images;
    float[] y = tape.floats(images * channels);
    forEachImage(tape, images, n -> {
      double[] sums = new double[channels];
      for (int at = n * size; at < (n + 1) * size; at += channels) {
        for (int c = 0; c < channels; c++) {
          sums[c] += x[at + c];
        }
      }
      for (int c = 0; c < channels; c++) {
        y[n * channels + c] = (float) (sums[c] * channels / size);
      }
    });
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] d = tape.floats(inputs[0].size());
    int images = inputs[0].dimension(0);
    int channels = inputs[0].dimension(3);
    int size = d.length / images;
    float scale = (float) channels / size;
    forEachImage(tape, images, n -> {
      for (int c = 0; c < channels; c++) {
        d[n * size + c] = scale * g[n * channels + c];
      }
      for (int at = n * size + channels; at < (n + 1) * size; at += channels) {
        System.arraycopy(d, n * size, d, at, channels);
      }
    });
    return new float[][] {d};
  }

  private static void forEachImage(Tape tape, int images, IntConsumer body) {
    int parts = Math.min(PARTS, images);
    tape.parallel(parts, part -> {
      for (int n = part * images / parts; n < (part + 1) * images / parts; n++) {
        body.accept(n);
      }
    });
  }
}
