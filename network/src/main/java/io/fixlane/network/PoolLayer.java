package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.network.PlannedLayer.Single;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;

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
   * @param paddingCounts whether taps in the padding count as zeros
   * @param result what the exact quotient is cast into
   */
  record Average(boolean paddingCounts, FixedFormat result) implements Function {}

  @Override
  public PlannedLayer plan(TensorType input) {
    ImageShape image = input.image();
    FixedFormat x = input.format();
    FixedFormat format = function instanceof Average average ? average.result() : x;
    Pool2d plan = switch (function) {
      case Max _ -> Pool2d.max(x, image, window);
      case Average average -> average.paddingCounts()
          ? Pool2d.averageOfPadded(x, image, window, format)
          : Pool2d.average(x, image, window, format);
    };
    TensorType result = TensorType.of(format, plan.output());
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
