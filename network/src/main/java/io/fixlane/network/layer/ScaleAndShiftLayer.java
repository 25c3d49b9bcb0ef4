package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;

/**
 * {@code (RESULT) (x * scale[c] + shift[c])} for each channel c.
 *
 * @param name the name
 * @param scale one word for each channel
 * @param shift as many words, read-only
 * @param result RESULT
 */
public record ScaleAndShiftLayer(
    String name, Weights scale, FixedTensor shift, FixedFormat result) implements Layer {
  /**
   * Makes the layer.
   *
   * @param shift as many words; they are copied
   * @throws IllegalArgumentException if a word is not in the range of its format
   */
  public ScaleAndShiftLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(shift, "shift");
    Objects.requireNonNull(result, "result");
    shift = Weights.copy("shift", shift);
  }
}
