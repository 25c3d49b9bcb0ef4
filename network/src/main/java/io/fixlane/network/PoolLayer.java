package io.fixlane.network;

import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.kernels.PoolShape;
import io.fixlane.network.PlannedLayer.Single;

/**
 * The largest word under a kernel, or an average.
 *
 * @param name the name
 * @param window how the kernel moves
 * @param function what becomes of the words under it
 */
record PoolLayer(String name, Window window, Function function) implements Layer {

  /** What becomes of the words under a kernel. */
  sealed interface Function {}

  /** The largest. */
  record Max() implements Function {}

  /**
   * Their average.
   *
   * @param paddingCounts whether the sum is divided by the size of the kernel everywhere
   * @param result what the exact quotient is cast into
   */
  record Average(boolean paddingCounts, FixedFormat result) implements Function {}

  @Override
  public PlannedLayer plan(TensorType input) {
    input.requireImage();
    if (window.dilationY() != 1 || window.dilationX() != 1) {
      throw new IllegalArgumentException(
          "the window is " + window + ": pooling takes no dilation");
    }
    FixedFormat x = input.format();
    PoolShape shape = new PoolShape(input.channels(), input.shape().get(0), input.shape().get(1),
        window.kernelHeight(), window.kernelWidth(), window.strideY(), window.strideX(),
        window.paddingY(), window.paddingX(), Layout.NHWC);
    FixedFormat format = function instanceof Average average ? average.result() : x;
    TensorType result =
        TensorType.of(format, shape.outputHeight(), shape.outputWidth(), input.channels());
    Pool2d plan = switch (function) {
      case Max _ -> Pool2d.max(x, shape);
      case Average average -> average.paddingCounts()
          ? Pool2d.averageOfPadded(x, shape, format)
          : Pool2d.average(x, shape, format);
    };
    return new PlannedLayer(this, input, result, new Single(
        (images, target, _, _) -> plan.run(images, target), plan::explain), NetworkCost.NONE);
  }

  @Override
  public String describe() {
    return switch (function) {
      case Max _ -> "maxPool " + window;
      case Average average ->
          (average.paddingCounts() ? "averagePoolOfPadded " : "averagePool ") + window;
    };
  }
}
