package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.PoolLayer.Average;
import io.fixlane.network.layer.PoolLayer.Max;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/** Plans poolings. */
final class PoolPlanner {
  private PoolPlanner() {}

  static PlannedLayer plan(PoolLayer layer, TensorType input) {
    ImageShape image = Types.image(input);
    Window window = layer.window();
    FixedFormat x = input.format();
    FixedFormat format = layer.function() instanceof Average average ? average.result() : x;
    Pool2d plan = switch (layer.function()) {
      case Max _ -> Pool2d.max(x, image, window);
      case Average average -> average.paddingCounts()
          ? Pool2d.averageOfPadded(x, image, window, format)
          : Pool2d.average(x, image, window, format);
    };
    return new PlannedLayer(layer, input, Types.of(format, plan.output()), single(plan),
        Costs.NONE);
  }

  static PlannedLayer plan(GlobalAverageLayer layer, TensorType input) {
    ImageShape image = Types.image(input);
    TensorType results = Types.of(layer.result(), image.channels());
    Pool2d plan = Pool2d.average(
        input.format(), image, Window.of(image.height(), image.width()), layer.result());
    return new PlannedLayer(layer, input, results, single(plan), Costs.NONE);
  }

  private static Single single(Pool2d plan) {
    return new Single((images, target, _, _) -> plan.run(images, target), plan::explain);
  }
}
