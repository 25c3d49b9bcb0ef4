package io.fixlane.autograd.layers;

import java.util.random.RandomGenerator;

/**
 * The start values of weights before a relu (He et al., arXiv 1502.01852): uniform in +- sqrt(6 /
 * fan-in), whose variance is 2 / fan-in. Uniform numbers of a generator are the same bits on every
 * machine.
 */
final class He {
  private He() {}

  /** Draws weights. */
  static float[] uniform(RandomGenerator random, int size, int fanIn) {
    double bound = Math.sqrt(6.0 / fanIn);
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return weights;
  }

  /** Requires a number of inputs, outputs or channels. */
  static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
    }
    return value;
  }
}
