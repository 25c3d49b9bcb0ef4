package io.fixlane.autograd.optim;

import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay: g = gradient + decay w; v = momentum
 * v + g; w = w - rate v.
 */
public final class Sgd extends Optimizer {
  private static final String VELOCITY = "velocity";

  private final float momentum;

  /**
   * Makes the optimizer.
   *
   * @param momentum how much of the velocity stays, in [0, 1)
   * @param groups the parameters
   * @throws IllegalArgumentException if the momentum is out of its range or two parameters have the
   *     same name
   */
  public Sgd(float momentum, ParameterGroup... groups) {
    super(List.of(groups), List.of(VELOCITY));
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum is " + momentum + ": it must be in [0, 1)");
    }
    this.momentum = momentum;
  }

  @Override
  void update(String name, float[] numbers, float[] gradient, float rate, float decay) {
    float[] velocity = moment(VELOCITY, name);
    for (int i = 0; i < numbers.length; i++) {
      velocity[i] = momentum * velocity[i] + (gradient[i] + decay * numbers[i]);
      numbers[i] -= rate * velocity[i];
    }
  }

  /** Returns the settings and the groups. */
  @Override
  public String toString() {
    return "SGD, momentum " + momentum + ", " + groups();
  }
}
