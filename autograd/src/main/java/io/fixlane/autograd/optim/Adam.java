package io.fixlane.autograd.optim;

import java.util.List;

/**
 * Adam (Kingma and Ba, arXiv 1412.6980) with decoupled weight decay (Loshchilov and Hutter, arXiv
 * 1711.05101): m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g g; after step t, w = w - rate (m / (1 -
 * b1<sup>t</sup>) / (sqrt(v / (1 - b2<sup>t</sup>)) + epsilon) + decay w).
 */
public final class Adam extends Optimizer {
  private static final String MEAN = "mean";
  private static final String SQUARE = "square";

  private final float beta1;
  private final float beta2;
  private final float epsilon;

  /** Makes the optimizer with the paper's settings: 0.9, 0.999 and 1e-8. */
  public Adam(ParameterGroup... groups) {
    this(0.9f, 0.999f, 1e-8f, groups);
  }

  /**
   * Makes the optimizer.
   *
   * @param beta1 how much of the mean gradient stays, in [0, 1)
   * @param beta2 how much of the mean square stays, in [0, 1)
   * @param epsilon what keeps the divisor from 0, positive
   * @param groups the parameters
   * @throws IllegalArgumentException if a setting is out of its range or two parameters have the
   *     same name
   */
  public Adam(float beta1, float beta2, float epsilon, ParameterGroup... groups) {
    super(List.of(groups), List.of(MEAN, SQUARE));
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
      throw new IllegalArgumentException(
          "beta1, beta2 and epsilon are " + beta1 + ", " + beta2 + " and " + epsilon
              + ": they must be in [0, 1), in [0, 1) and positive");
    }
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  @Override
  void update(String name, float[] numbers, float[] gradient, float rate, float decay) {
    float[] mean = moment(MEAN, name);
    float[] square = moment(SQUARE, name);
    // StrictMath: the same bits on every machine.
    float meanScale = (float) (1 / (1 - StrictMath.pow(beta1, steps())));
    float squareScale = (float) (1 / (1 - StrictMath.pow(beta2, steps())));
    for (int i = 0; i < numbers.length; i++) {
      float g = gradient[i];
      mean[i] = beta1 * mean[i] + (1 - beta1) * g;
      square[i] = beta2 * square[i] + (1 - beta2) * (g * g);
      float root = (float) Math.sqrt(square[i] * squareScale) + epsilon;
      numbers[i] -= rate * (mean[i] * meanScale / root + decay * numbers[i]);
    }
  }

  /** Returns the settings and the groups. */
  @Override
  public String toString() {
    return "Adam, betas " + beta1 + " and " + beta2 + ", epsilon " + epsilon + ", " + groups();
  }
}
