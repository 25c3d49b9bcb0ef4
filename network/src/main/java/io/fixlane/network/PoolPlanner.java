package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.kernels.Pool2d;
import io.fixlane.kernels.PoolShape;
import io.fixlane.network.PlannedLayer.Single;
import io.fixlane.network.PoolLayer.Average;
import io.fixlane.network.PoolLayer.Max;

/** Plans poolings. */
final class PoolPlanner {
  private PoolPlanner() {}

  static PlannedLayer plan(PoolLayer layer, TensorType input) {
    Window window = layer.window();
    input.requireImage();
    if (window.dilationY() != 1 || window.dilationX() != 1) {
      throw new IllegalArgumentException(
          "the window is " + window + ": pooling takes no dilation");
    }
    FixedFormat x = input.format();
    PoolShape shape = new PoolShape(input.channels(), input.shape().get(0), input.shape().get(1),
        window.kernelHeight(), window.kernelWidth(), window.strideY(), window.strideX(),
        window.paddingY(), window.paddingX(), Layout.NHWC);
    FixedFormat format = layer.function() instanceof Average average ? average.result() : x;
    TensorType result =
        TensorType.of(format, shape.outputHeight(), shape.outputWidth(), input.channels());
    Pool2d plan = switch (layer.function()) {
      case Max _ -> Pool2d.max(x, shape);
      case Average average -> average.paddingCounts()
          ? Pool2d.averageOfPadded(x, shape, format)
          : Pool2d.average(x, shape, format);
    };
    return new PlannedLayer(layer, input, result, single(plan), NetworkCost.NONE);
  }

  static PlannedLayer plan(GlobalAverageLayer layer, TensorType input) {
    input.requireImage();
    TensorType results = TensorType.of(layer.result(), input.channels());
    PoolShape shape =
        PoolShape.global(input.channels(), input.shape().get(0), input.shape().get(1));
    Pool2d plan = Pool2d.average(input.format(), shape, layer.result());
    return new PlannedLayer(layer, input, results, single(plan), NetworkCost.NONE);
  }

  private static Single single(Pool2d plan) {
    return new Single((images, target, _, _) -> plan.run(images, target), plan::explain);
  }
}
