package io.fixlane.autograd.optim;

import io.fixlane.autograd.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters that an optimizer changes in the same way.
 *
 * @param parameters the parameters by name, in the order in which they are changed
 * @param learningRate the learning rate, which a {@link Schedule} scales
 * @param weightDecay how strongly weights are drawn to 0
 * @param min the smallest value that a number may take; what is smaller becomes it
 * @param max the largest value that a number may take; what is larger becomes it
 */
public record ParameterGroup(
    Map<String, Tensor> parameters,
    float learningRate,
    float weightDecay,
    float min,
    float max) {
  /**
   * Makes a group.
   *
   * @throws IllegalArgumentException if a parameter is a constant, a rate is negative or not a
   *     finite number, or min is not below max
   */
  public ParameterGroup {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    parameters.forEach((name, tensor) -> {
      if (!tensor.requiresGrad()) {
        throw new IllegalArgumentException(name + " is a constant: it must be a parameter");
      }
    });
    requireRate("learningRate", learningRate);
    requireRate("weightDecay", weightDecay);
    if (!(min < max)) {
      throw new IllegalArgumentException("min is " + min + ": it must be below max, " + max);
    }
  }

  private static void requireRate(String name, float rate) {
    if (!(rate >= 0 && rate < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is " + rate + ": it must be 0 or positive");
    }
  }

  /** Makes a group without weight decay, of numbers of any size. */
  public static ParameterGroup of(Map<String, Tensor> parameters, float learningRate) {
    return new ParameterGroup(
        parameters, learningRate, 0, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  /** Returns the group with a weight decay. */
  public ParameterGroup withWeightDecay(float decay) {
    return new ParameterGroup(parameters, learningRate, decay, min, max);
  }

  /** Returns the group with a range that numbers are kept in. */
  public ParameterGroup withRange(float smallest, float largest) {
    return new ParameterGroup(parameters, learningRate, weightDecay, smallest, largest);
  }

  /** Returns the names and the settings, without the numbers. */
  @Override
  public String toString() {
    return "rate " + learningRate + ", decay " + weightDecay + ", range " + min + ".." + max
        + " of "
        + parameters.keySet();
  }
}
