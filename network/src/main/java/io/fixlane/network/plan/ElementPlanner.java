package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.Threshold;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;

/** Plans layers that take each word alone. */
final class ElementPlanner {
  private ElementPlanner() {}

  static PlannedLayer plan(UnaryLayer layer, TensorType input) {
    FixedFormat x = input.format();
    FixedFormat result = layer.result();
    TensorType results = Types.with(input, result);
    Single kernel = switch (layer.function()) {
      case Identity _ -> cast(Cast.of(x, result));
      case Relu _ -> elementwise(Elementwise.relu(x, result));
      case LeakyRelu leaky -> elementwise(Elementwise.leakyRelu(x, leaky.slope(), result));
      case LookUp look -> elementwise(Elementwise.lookUp(x, look.table()));
    };
    NetworkCost cost = layer.function() instanceof LookUp look
        ? Costs.ofWords(look.table())
        : Costs.NONE;
    return new PlannedLayer(layer, input, results, kernel, cost);
  }

  static PlannedLayer plan(ScaleAndShiftLayer layer, TensorType input) {
    TensorType results = Types.with(input, layer.result());
    require("scale", layer.scale().words(), input);
    require("shift", layer.shift(), input);
    Elementwise plan = Elementwise.scaleAndShift(
        input.format(), layer.scale().words(), layer.shift(), layer.result());
    NetworkCost cost = Costs.sum(Costs.ofWords(layer.scale().words()), Costs.ofWords(layer.shift()),
        Costs.ofProducts(input.format(), layer.scale(), input.size()));
    return new PlannedLayer(layer, input, results, elementwise(plan), cost);
  }

  static PlannedLayer plan(ThresholdLayer layer, TensorType input) {
    if (layer.perChannel() && layer.thresholds().dimension(0) != input.channels()) {
      throw new IllegalArgumentException("thresholds has the shape "
          + Arrays.toString(layer.thresholds().shape()) + ": it must be one list, or ["
          + input.channels() + ", " + layer.count() + "], one for each channel");
    }
    Threshold plan =
        Threshold.of(input.format(), layer.thresholds(), layer.start(), layer.step());
    return new PlannedLayer(layer, input, Types.with(input, layer.result()),
        new Single((x, target, _, _) -> plan.run(x, target), plan::explain),
        Costs.ofWords(layer.thresholds()));
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
