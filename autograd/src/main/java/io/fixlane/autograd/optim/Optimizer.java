package io.fixlane.autograd.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes parameters against their gradients, in place. A parameter without a gradient stays as it
 * is.
 *
 * {@snippet class="io.fixlane.autograd.optim.OptimizerExample" region="groups"}
 */
public abstract sealed class Optimizer permits Sgd, Adam {
  private final List<ParameterGroup> groups;
  private final Map<String, float[]> state = new LinkedHashMap<>();
  private long steps;

  /**
   * Makes an optimizer.
   *
   * @param moments the names of what is remembered for each number of a parameter
   */
  Optimizer(List<ParameterGroup> groups, List<String> moments) {
    this.groups = List.copyOf(groups);
    for (ParameterGroup group : groups) {
      group.parameters().forEach((name, tensor) -> {
        for (String moment : moments) {
          if (state.put(moment + " of " + name, new float[tensor.size()]) != null) {
            throw new IllegalArgumentException("two parameters have the name " + name);
          }
        }
      });
    }
  }

  /**
   * Takes a step.
   *
   * @param factor what the learning rates are multiplied by: what a {@link Schedule} gives
   */
  public final void step(double factor) {
    steps++;
    for (ParameterGroup group : groups) {
      float rate = (float) (group.learningRate() * factor);
      group.parameters().forEach((name, tensor) -> {
        float[] gradient = tensor.grad();
        if (gradient != null) {
          update(name, tensor.data(), gradient, rate, group.weightDecay());
          clamp(tensor.data(), group.min(), group.max());
        }
      });
    }
  }

  /** Changes the numbers of one parameter. */
  abstract void update(String name, float[] numbers, float[] gradient, float rate, float decay);

  private static void clamp(float[] numbers, float min, float max) {
    for (int i = 0; i < numbers.length; i++) {
      // NaN stays NaN: whoever checks for it must see it.
      numbers[i] = Math.min(Math.max(numbers[i], min), max);
    }
  }

  final float[] moment(String moment, String name) {
    return state.get(moment + " of " + name);
  }

  /** Returns the groups. */
  public final List<ParameterGroup> groups() {
    return groups;
  }

  /** Returns how many steps it has taken. */
  public final long steps() {
    return steps;
  }

  /** Returns what it remembers, by name: the arrays themselves, not copies. */
  public final Map<String, float[]> state() {
    return Collections.unmodifiableMap(state);
  }

  /**
   * Continues after so many steps, where {@link #state} has been filled with what was remembered.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public final void resumeAfter(long stepsTaken) {
    if (stepsTaken < 0) {
      throw new IllegalArgumentException("stepsTaken is " + stepsTaken + ": it must be at least 0");
    }
    steps = stepsTaken;
  }
}
