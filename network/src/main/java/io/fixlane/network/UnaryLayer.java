package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Elementwise;
import io.fixlane.network.PlannedLayer.Single;

/**
 * A function of each word.
 *
 * @param name the name
 * @param function the function
 * @param result what its exact value is cast into
 */
record UnaryLayer(String name, Function function, FixedFormat result) implements Layer {

  /** A function of a word. */
  sealed interface Function {}

  /** The word itself. */
  record Identity() implements Function {}

  /** max(x, 0). */
  record Relu() implements Function {}

  /**
   * x where it is not negative, else x 2<sup>-slopeShift</sup>.
   *
   * @param slopeShift the slope is 2<sup>-slopeShift</sup>
   */
  record LeakyRelu(int slopeShift) implements Function {}

  @Override
  public PlannedLayer plan(TensorType input) {
    FixedFormat x = input.format();
    Single kernel = switch (function) {
      case Identity _ -> cast(Cast.of(x, result));
      case Relu _ -> elementwise(Elementwise.relu(x, result));
      case LeakyRelu leaky -> elementwise(Elementwise.leakyRelu(x, leaky.slopeShift(), result));
    };
    return new PlannedLayer(this, input, input.with(result), kernel, NetworkCost.NONE);
  }

  private static Single cast(Cast plan) {
    return new Single((x, target, _, _) -> plan.run(x, target), plan.explain());
  }

  private static Single elementwise(Elementwise plan) {
    return new Single((x, target, _, _) -> plan.run(x, target), plan.explain());
  }

  @Override
  public String describe() {
    return switch (function) {
      case Identity _ -> "cast";
      case Relu _ -> "relu";
      case LeakyRelu leaky -> "leakyRelu, slope 2^-" + leaky.slopeShift();
    };
  }
}
