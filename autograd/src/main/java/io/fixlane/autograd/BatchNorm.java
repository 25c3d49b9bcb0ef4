package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation of channels, which come last: y = gamma (x - mean) r + beta with r = 1 /
 * sqrt(variance + epsilon). A training tape takes mean and variance of the batch and updates the
 * running ones; an evaluating tape takes the running ones.
 *
 * <p>Backward, with n numbers for each channel, h = (x - mean) r and sums over a channel: dbeta =
 * sum dy; dgamma = sum dy h; dx = gamma r (dy - dbeta / n - h dgamma / n). With frozen
 * statistics dx = gamma r dy.
 */
final class BatchNorm implements Op {
  private final RunningStatistics statistics;
  private double[] mean = {};
  private double[] root = {};
  private boolean ofBatch;

  BatchNorm(RunningStatistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public int[] shape(Tensor... inputs) {
    require(inputs.length == 3 && inputs[0].rank() > 0, inputs, "it takes x, gamma and beta");
    int channels = statistics.mean().length;
    require(
        inputs[0].dimension(-1) == channels && inputs[1].size() == channels
            && inputs[2].size() == channels,
        inputs, "the last dimension, gamma and beta must have " + channels + " channels");
    return inputs[0].shape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    float[] x = inputs[0].data();
    int channels = statistics.mean().length;
    Rows rows = new Rows(x.length, channels);
    Moments moments = Moments.of(tape, rows, x, statistics);
    mean = moments.mean();
    root = moments.root();
    ofBatch = moments.ofBatch();
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = inputs[1].data()[c] * root[c];
      shift[c] = inputs[2].data()[c] - mean[c] * scale[c];
    }
    float[] a = rows.widen(tape.scratch(), Rows.narrow(tape.scratch(), scale));
    float[] b = rows.widen(tape.scratch(), Rows.narrow(tape.scratch(), shift));
    return rows.map(tape.scratch(), x, (t, u, from, to) -> {
      for (int i = from; i < to; i++) {
        t[i] = a[i] * t[i] + b[i];
      }
    });
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    float[] g = Op.gradient(output);
    float[] x = inputs[0].data();
    int channels = mean.length;
    Rows rows = new Rows(x.length, channels);
    double[][] sums = rows.sums(tape.scratch(), 2, (total, at, wide, count) -> {
      double[] sum = total[0];
      double[] products = total[1];
      for (int i = 0; i < count; i++) {
        double gradient = g[at + i];
        sum[wide + i] += gradient;
        products[wide + i] += gradient * x[at + i];
      }
    });
    double n = (double) x.length / channels;
    double[] dgamma = new double[channels];
    // dx = p dy + q x + s for each channel.
    double[] p = new double[channels];
    double[] q = new double[channels];
    double[] s = new double[channels];
    for (int c = 0; c < channels; c++) {
      dgamma[c] = (sums[1][c] - mean[c] * sums[0][c]) * root[c];
      p[c] = inputs[1].data()[c] * root[c];
      if (ofBatch) {
        q[c] = -p[c] * dgamma[c] / n * root[c];
        s[c] = -p[c] * sums[0][c] / n - q[c] * mean[c];
      }
    }
    return new float[][] {
      inputs[0].requiresGrad() ? affine(tape, rows, g, x, p, q, s) : null,
      Rows.narrow(tape.scratch(), dgamma),
      Rows.narrow(tape.scratch(), sums[0])};
  }

  private static float[] affine(
      Tape tape, Rows rows, float[] g, float[] x, double[] p, double[] q, double[] s) {
    float[] a = rows.widen(tape.scratch(), Rows.narrow(tape.scratch(), p));
    float[] b = rows.widen(tape.scratch(), Rows.narrow(tape.scratch(), q));
    float[] c = rows.widen(tape.scratch(), Rows.narrow(tape.scratch(), s));
    return rows.map(tape.scratch(), g, x, (t, u, from, to) -> {
      for (int i = from; i < to; i++) {
        t[i] = a[i] * t[i] + b[i] * u[i] + c[i];
      }
    });
  }
}
