package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Pool2d;
import io.fixlane.kernels.PoolShape;
import io.fixlane.network.PlannedLayer.Single;

/**
 * The average of each channel over the whole image.
 *
 * @param name the name
 * @param result what the exact quotient is cast into
 */
record GlobalAverageLayer(String name, FixedFormat result) implements Layer {
  @Override
  public PlannedLayer plan(TensorType input) {
    input.requireImage();
    TensorType results = TensorType.of(result, input.channels());
    PoolShape shape =
        PoolShape.global(input.channels(), input.shape().get(0), input.shape().get(1));
    Pool2d plan = Pool2d.average(input.format(), shape, result);
    return new PlannedLayer(this, input, results, new Single(
        (images, target, _, _) -> plan.run(images, target), plan::explain), NetworkCost.NONE);
  }

  @Override
  public String describe() {
    return "globalAveragePool";
  }
}
