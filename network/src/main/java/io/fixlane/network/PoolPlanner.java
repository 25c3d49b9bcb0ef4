package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.network.PlannedLayer.Single;
import io.fixlane.network.PoolLayer.Average;
import io.fixlane.network.PoolLayer.Max;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

/** Plans poolings. */
final class PoolPlanner {
  private PoolPlanner() {}

  static PlannedLayer plan(PoolLayer layer, TensorType input) {
    ImageShape image = input.image();
    Window window = layer.window();
    FixedFormat x = input.format();
    FixedFormat format = layer.function() instanceof Average average ? average.result() : x;
    Pool2d plan = switch (layer.function()) {
      case Max _ -> Pool2d.max(x, image, window);
      case Average average -> average.paddingCounts()
          ? Pool2d.averageOfPadded(x, image, window, format)
          : Pool2d.average(x, image, window, format);
    };
    return new PlannedLayer(layer, input, TensorType.of(format, plan.output()), single(plan),
        NetworkCost.NONE);
  }

  static PlannedLayer plan(GlobalAverageLayer layer, TensorType input) {
    ImageShape image = input.image();
    TensorType results = TensorType.of(layer.result(), image.channels());
    Pool2d plan = Pool2d.average(
        input.format(), image, Window.of(image.height(), image.width()), layer.result());
    return new PlannedLayer(layer, input, results, single(plan), NetworkCost.NONE);
  }

  private static Single single(Pool2d plan) {
    return new Single((images, target, _, _) -> plan.run(images, target), plan::explain);
  }
}
