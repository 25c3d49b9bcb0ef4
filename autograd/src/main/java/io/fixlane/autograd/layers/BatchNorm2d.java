package io.fixlane.autograd.layers;

import io.fixlane.autograd.RunningStatistics;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import java.util.Arrays;

/**
 * Batch normalisation of the last dimension, the channels: gamma (x - mean) / sqrt(variance +
 * epsilon) + beta, with mean and variance of the batch in training, and the running ones in
 * evaluation.
 */
public final class BatchNorm2d extends TapeLayer {
  private final Tensor gamma;
  private final Tensor beta;
  private final RunningStatistics statistics;

  /** Makes the layer with a momentum of 0.1 and an epsilon of 1e-5. */
  public BatchNorm2d(int channels) {
    this(channels, 0.1f, 1e-5f);
  }

  /**
   * Makes the layer.
   *
   * @param channels how many channels
   * @param momentum the weight of each new batch in the running statistics, in (0, 1]
   * @param epsilon what is added to a variance before its root is taken, positive
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public BatchNorm2d(int channels, float momentum, float epsilon) {
    this.statistics = new RunningStatistics(channels, momentum, epsilon);
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    this.gamma = parameter("gamma", ones, channels);
    this.beta = parameter("beta", new float[channels], channels);
    statistics.state().forEach(this::statistics);
  }

  /** Returns the scale of each channel. */
  public Tensor gamma() {
    return gamma;
  }

  /** Returns the shift of each channel. */
  public Tensor beta() {
    return beta;
  }

  /** Returns the running mean and variance of each channel. */
  public RunningStatistics runningStatistics() {
    return statistics;
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return tape.batchNorm(x, gamma, beta, statistics);
  }
}
