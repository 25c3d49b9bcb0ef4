package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.words.Formats;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;

/**
 * A function of each word.
 *
 * @param name the name
 * @param function the function
 * @param result what its exact value is cast into
 */
public record UnaryLayer(String name, Function function, FixedFormat result) implements Layer {
  /**
   * Makes the layer.
   *
   * @throws IllegalArgumentException if a table has another format than the result
   */
  public UnaryLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(result, "result");
    if (function instanceof LookUp look && !look.table().format().equals(result)) {
      throw new IllegalArgumentException("table has the format " + look.table().format()
          + ": the layer's result is " + result);
    }
  }

  /** A function of a word. */
  public sealed interface Function {}

  /** The word itself. */
  public record Identity() implements Function {}

  /** max(x, 0). */
  public record Relu() implements Function {}

  /**
   * x where it is not negative, else slope x.
   *
   * @param slope the slope, a constant of at most 64 bits
   */
  public record LeakyRelu(Fixed slope) implements Function {
    /** Makes the function. */
    public LeakyRelu {
      Objects.requireNonNull(slope, "slope");
      Formats.require(slope.format());
    }
  }

  /**
   * What a table has for x.
   *
   * @param table a word of the layer's result for each word of x, from the smallest to the largest
   *     in value; read-only
   */
  public record LookUp(FixedTensor table) implements Function {
    /**
     * Makes the function.
     *
     * @throws IllegalArgumentException if a word is not in the range of its format, or networks do
     *     not have the format
     */
    public LookUp {
      Objects.requireNonNull(table, "table");
      table = Weights.copy("table", table).reshape(Math.toIntExact(table.size()));
    }
  }
}
