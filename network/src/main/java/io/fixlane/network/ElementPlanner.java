package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Elementwise;
import io.fixlane.network.PlannedLayer.Single;
import io.fixlane.network.UnaryLayer.Identity;
import io.fixlane.network.UnaryLayer.LeakyRelu;
import io.fixlane.network.UnaryLayer.LookUp;
import io.fixlane.network.UnaryLayer.Relu;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;

/** Plans layers that take each word alone. */
final class ElementPlanner {
  private ElementPlanner() {}

  static PlannedLayer plan(UnaryLayer layer, TensorType input) {
    FixedFormat x = input.format();
    FixedFormat result = layer.result();
    TensorType results = input.with(result);
    Single kernel = switch (layer.function()) {
      case Identity _ -> cast(Cast.of(x, result));
      case Relu _ -> elementwise(Elementwise.relu(x, result));
      case LeakyRelu leaky -> elementwise(Elementwise.leakyRelu(x, leaky.slope(), result));
      case LookUp look -> elementwise(Elementwise.lookUp(x, look.table()));
    };
    NetworkCost cost = layer.function() instanceof LookUp look
        ? NetworkCost.ofWords(look.table())
        : NetworkCost.NONE;
    return new PlannedLayer(layer, input, results, kernel, cost);
  }

  static PlannedLayer plan(ScaleAndShiftLayer layer, TensorType input) {
    TensorType results = input.with(layer.result());
    require("scale", layer.scale().words(), input);
    require("shift", layer.shift(), input);
    Elementwise plan = Elementwise.scaleAndShift(
        input.format(), layer.scale().words(), layer.shift(), layer.result());
    NetworkCost cost = NetworkCost.ofWords(layer.scale().words())
        .plus(NetworkCost.ofWords(layer.shift()))
        .plus(layer.scale().cost(input.format(), input.size()));
    return new PlannedLayer(layer, input, results, elementwise(plan), cost);
  }

  private static void require(String name, FixedTensor words, TensorType input) {
    if (words.rank() != 1 || words.size() != input.channels()) {
      throw new IllegalArgumentException(name + " has the shape "
          + Arrays.toString(words.shape()) + ": it must be [" + input.channels()
          + "], a word for each channel");
    }
  }

  private static Single cast(Cast plan) {
    return new Single((x, target, _, _) -> plan.run(x, target), plan::explain);
  }

  private static Single elementwise(Elementwise plan) {
    return new Single((x, target, _, _) -> plan.run(x, target), plan::explain);
  }
}
