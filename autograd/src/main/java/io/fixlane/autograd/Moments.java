package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;

/**
 * What a normalisation of channels divides by and takes away: statistics of the batch on a training
 * tape, which updates the running ones; the running ones on an evaluating tape, or once they are
 * frozen.
 *
 * <p>They are summed up in double precision in the order of {@link Rows#sums}, the variance as E[x
 * x] - E[x] E[x]: of the 53 bits, the squares of single precision take 48.
 *
 * @param mean the mean of each channel
 * @param root 1 / sqrt(variance + epsilon) of each channel
 * @param ofBatch whether they depend on the batch, and gradients flow through them
 */
record Moments(double[] mean, double[] root, boolean ofBatch) {
  static Moments of(Tape tape, Rows rows, float[] x, RunningStatistics statistics) {
    int channels = statistics.mean().length;
    double[] mean = new double[channels];
    double[] root = new double[channels];
    boolean ofBatch = tape.isTraining() && !statistics.isFrozen();
    if (ofBatch) {
      double[][] sums = rows.sums(tape.scratch(), 2, (total, at, wide, count) -> {
        double[] sum = total[0];
        double[] squares = total[1];
        for (int i = 0; i < count; i++) {
          double number = x[at + i];
          sum[wide + i] += number;
          squares[wide + i] += number * number;
        }
      });
      double n = (double) x.length / channels;
      double[] variance = new double[channels];
      for (int c = 0; c < channels; c++) {
        mean[c] = sums[0][c] / n;
        // NaN stays NaN.
        variance[c] = Math.max(0, sums[1][c] / n - mean[c] * mean[c]);
        root[c] = 1 / Math.sqrt(variance[c] + statistics.epsilon());
      }
      statistics.update(mean, variance, x.length / channels);
    } else {
      for (int c = 0; c < channels; c++) {
        mean[c] = statistics.mean()[c];
        root[c] = 1 / Math.sqrt((double) statistics.variance()[c] + statistics.epsilon());
      }
    }
    return new Moments(mean, root, ofBatch);
  }
}
