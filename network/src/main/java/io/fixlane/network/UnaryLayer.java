package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import java.util.Objects;

/**
 * A function of each word.
 *
 * @param name the name
 * @param function the function
 * @param result what its exact value is cast into
 */
public record UnaryLayer(String name, Function function, FixedFormat result) implements Layer {
  /** Makes the layer. */
  public UnaryLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(result, "result");
  }

  /** A function of a word. */
  public sealed interface Function {}

  /** The word itself. */
  public record Identity() implements Function {}

  /** max(x, 0). */
  public record Relu() implements Function {}

  /**
   * x where it is not negative, else x 2<sup>-slopeShift</sup>.
   *
   * @param slopeShift the slope is 2<sup>-slopeShift</sup>; 0 or more
   */
  public record LeakyRelu(int slopeShift) implements Function {}
}
