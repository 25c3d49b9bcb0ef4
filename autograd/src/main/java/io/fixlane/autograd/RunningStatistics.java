package io.fixlane.autograd;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The mean and variance of each channel that batch normalisation has seen in training and uses in
 * evaluation, and once frozen in training too. After each batch: running = (1 - momentum) running +
 * momentum batch, with the unbiased variance of the batch.
 */
public final class RunningStatistics {
  private final float[] mean;
  private final float[] variance;
  private final float momentum;
  private final float epsilon;
  /** What comes next, as numbers so that a checkpoint keeps it with them. */
  private final float[] restarted = new float[1];
  private final float[] frozen = new float[1];

  /**
   * Makes statistics of mean 0 and variance 1.
   *
   * @param channels how many channels
   * @param momentum the weight of each new batch, in (0, 1]
   * @param epsilon what is added to a variance before its root is taken, positive
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public RunningStatistics(int channels, float momentum, float epsilon) {
    if (channels < 1) {
      throw new IllegalArgumentException("channels is " + channels + ": it must be at least 1");
    }
    if (!(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum is " + momentum + ": it must be in (0, 1]");
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon is " + epsilon + ": it must be positive");
    }
    this.mean = new float[channels];
    this.variance = new float[channels];
    this.momentum = momentum;
    this.epsilon = epsilon;
    Arrays.fill(variance, 1);
  }

  /** Returns a copy, which learns on its own. */
  public RunningStatistics copy() {
    RunningStatistics copy = new RunningStatistics(mean.length, momentum, epsilon);
    System.arraycopy(mean, 0, copy.mean, 0, mean.length);
    System.arraycopy(variance, 0, copy.variance, 0, variance.length);
    copy.restarted[0] = restarted[0];
    copy.frozen[0] = frozen[0];
    return copy;
  }

  /** Returns the means themselves, not a copy. */
  public float[] mean() {
    return mean;
  }

  /** Returns the variances themselves, not a copy. */
  public float[] variance() {
    return variance;
  }

  /**
   * Returns everything that changes, by name: the arrays themselves, not copies. Besides the means
   * and variances these are whether the next batch counts whole and whether they are frozen, each 0
   * or 1.
   */
  public SequencedMap<String, float[]> state() {
    SequencedMap<String, float[]> state = new LinkedHashMap<>();
    state.put("mean", mean);
    state.put("variance", variance);
    state.put("restarted", restarted);
    state.put("frozen", frozen);
    return state;
  }

  /** Returns what is added to a variance before its root is taken. */
  public float epsilon() {
    return epsilon;
  }

  /** Forgets what has been seen: the next batch counts whole. */
  public void restart() {
    restarted[0] = 1;
  }

  /** Stops learning: from now on training uses the running statistics, as evaluation does. */
  public void freeze() {
    frozen[0] = 1;
  }

  /** Returns whether training uses the running statistics. */
  public boolean isFrozen() {
    return frozen[0] != 0;
  }

  /**
   * Learns from a batch.
   *
   * @param batchMean the mean of each channel
   * @param batchVariance the variance, the mean of the squared distances from the mean
   * @param count the numbers of each channel
   */
  void update(double[] batchMean, double[] batchVariance, int count) {
    double unbiased = count > 1 ? count / (count - 1.0) : 1;
    float weight = restarted[0] != 0 ? 1 : momentum;
    restarted[0] = 0;
    for (int c = 0; c < mean.length; c++) {
      mean[c] += (float) (weight * (batchMean[c] - mean[c]));
      variance[c] += (float) (weight * (batchVariance[c] * unbiased - variance[c]));
    }
  }
}
