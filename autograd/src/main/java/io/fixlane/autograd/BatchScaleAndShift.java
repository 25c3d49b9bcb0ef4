package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The batch normalisation of channels as a scale s = gamma r and a shift b = beta - mean s, with r
 * = 1 / sqrt(variance + epsilon): 2 x channels.
 *
 * <p>Backward, with n numbers for each channel and t = ds - mean db: dgamma = r t; dbeta = db; dx =
 * -s db / n - gamma r<sup>3</sup> t (x - mean) / n. With frozen
 * statistics dx = 0.
 */
final class BatchScaleAndShift implements Op {
  private final RunningStatistics statistics;
  private Moments moments = new Moments(new double[0], new double[0], true);

  BatchScaleAndShift(RunningStatistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public int[] shape(Tensor... inputs) {
    new BatchNorm(statistics).shape(inputs);
    return new int[] {2, statistics.mean().length};
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    int channels = statistics.mean().length;
    moments = Moments.of(tape, new Rows(x.length, channels), x, statistics);
    float[] y = tape.floats(2 * channels);
    for (int c = 0; c < channels; c++) {
      double scale = inputs[1].data()[c] * moments.root()[c];
      y[c] = (float) scale;
      y[channels + c] = (float) (inputs[2].data()[c] - moments.mean()[c] * scale);
    }
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] x = inputs[0].data();
    int channels = statistics.mean().length;
    double n = (double) x.length / channels;
    float[] dgamma = tape.floats(channels);
    float[] dbeta = tape.floats(channels);
    // dx = p x + q for each channel.
    double[] p = new double[channels];
    double[] q = new double[channels];
    for (int c = 0; c < channels; c++) {
      double mean = moments.mean()[c];
      double root = moments.root()[c];
      double scale = inputs[1].data()[c] * root;
      double t = g[c] - mean * g[channels + c];
      dgamma[c] = (float) (root * t);
      dbeta[c] = g[channels + c];
      if (moments.ofBatch()) {
        p[c] = -scale * root * root * t / n;
        q[c] = -scale * g[channels + c] / n - p[c] * mean;
      }
    }
    float[] dx = inputs[0].requiresGrad() ? affine(tape, x, p, q) : null;
    return new float[][] {dx, dgamma, dbeta};
  }

  private static float[] affine(Tape tape, float[] x, double[] p, double[] q) {
    Rows rows = new Rows(x.length, p.length);
    float[] a = rows.widen(tape.scratch(), Rows.narrow(tape.scratch(), p));
    float[] b = rows.widen(tape.scratch(), Rows.narrow(tape.scratch(), q));
    return rows.map(tape.scratch(), x, (t, u, from, to) -> {
      for (int i = from; i < to; i++) {
        t[i] = a[i] * t[i] + b[i];
      }
    });
  }
}
