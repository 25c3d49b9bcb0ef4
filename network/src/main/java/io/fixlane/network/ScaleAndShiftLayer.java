package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Elementwise;
import io.fixlane.network.PlannedLayer.Single;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;

/**
 * {@code (RESULT) (x * scale[c] + shift[c])} for each channel c.
 *
 * @param name the name
 * @param scale one word for each channel
 * @param shift as many words
 * @param result RESULT
 */
record ScaleAndShiftLayer(String name, Weights scale, FixedTensor shift, FixedFormat result)
    implements
    Layer {
  ScaleAndShiftLayer {
    shift = Weights.copy("shift", shift);
  }

  @Override
  public PlannedLayer plan(TensorType input) {
    TensorType results = input.with(result);
    require("scale", scale.words(), input);
    require("shift", shift, input);
    Elementwise plan =
        Elementwise.scaleAndShift(input.format(), scale.words(), shift, result);
    NetworkCost cost = NetworkCost.ofWords(scale.words())
        .plus(NetworkCost.ofWords(shift))
        .plus(scale.cost(input.format(), input.size()));
    return new PlannedLayer(this, input, results, new Single(
        (x, target, _, _) -> plan.run(x, target), plan::explain), cost);
  }

  private static void require(String name, FixedTensor words, TensorType input) {
    if (words.rank() != 1 || words.size() != input.channels()) {
      throw new IllegalArgumentException(name + " has the shape "
          + Arrays.toString(words.shape()) + ": it must be [" + input.channels()
          + "], a word for each channel");
    }
  }

  @Override
  public String describe() {
    return "scaleAndShift, scale " + scale;
  }
}
